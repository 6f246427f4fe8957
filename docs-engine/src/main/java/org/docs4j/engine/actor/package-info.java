/**
 * The sync actor: the one thread that reads and writes replicas, and the handle through which everyone else asks it.
 *
 * <p>What it does is a closed set of actions. Those of the reference, and where they are here ({@code ActorActionsTest} tries
 * each, {@code SlicesTest} and {@code LongReadsTest} the long ones):
 *
 * <table>
 *   <caption>Actions of the reference</caption>
 *   <tr><th>reference</th><th>action</th></tr>
 *   <tr><td>ImportAuthor, ExportAuthor, DeleteAuthor, ListAuthors</td><td>the same in {@code StoreAction}</td></tr>
 *   <tr><td>ImportNamespace, ListReplicas, ContentHashes</td><td>the same in {@code StoreAction}</td></tr>
 *   <tr><td>FlushStore, Shutdown</td><td>{@code StoreAction.Flush}, {@code Shutdown}</td></tr>
 *   <tr><td>Open, Close, GetState, SetSync, Subscribe, Unsubscribe, DropReplica, ExportSecretKey</td>
 *       <td>the same in {@code HandleAction}</td></tr>
 *   <tr><td>InsertLocal, DeletePrefix, InsertRemote, GetExact</td><td>the same in {@code EntryAction}</td></tr>
 *   <tr><td>GetMany</td><td>{@code EntryAction.GetPage}, page by page</td></tr>
 *   <tr><td>SyncInitialMessage</td><td>{@code EntryAction.InitialMessage}</td></tr>
 *   <tr><td>SyncProcessMessage</td><td>{@code EntryAction.TakePieces}, while the message arrives</td></tr>
 *   <tr><td>GetSyncPeers, RegisterUsefulPeer, HasNewsForUs, SetDownloadPolicy, GetDownloadPolicy</td>
 *       <td>the same in {@code NoteAction}</td></tr>
 * </table>
 */
package org.docs4j.engine.actor;
