package org.docs4j.engine.actor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaStore;

/**
 * How everyone asks the sync actor. Safe to use from any thread.
 *
 * <p>Answers are completed on the actor's thread: continue them on an executor of your own. Methods for applications
 * (writes, queries) wait while {@value #SLOTS} of them are under way; those for sessions never wait, since each session
 * has one request under way.
 */
public final class SyncHandle implements AutoCloseable {
  /** How many requests of applications are under way at most. */
  static final int SLOTS = 16_384;

  private final ReconcilerConfig reconciler;
  private final SyncActor actor;
  private final Semaphore slots = new Semaphore(SLOTS);
  private final Secrets secrets = new Secrets();
  private final Environment environment;

  /**
   * Starts the actor.
   *
   * @param store owned by the actor from now on
   * @param events told of every stored entry, on the actor's thread: must not block
   */
  public SyncHandle(
      ReplicaStore store, Environment environment, ReconcilerConfig reconciler, Consumer<ReplicaEvent> events) {
    this.environment = environment;
    this.reconciler = reconciler;
    this.actor = new SyncActor(store, environment, reconciler, secrets, events);
  }

  private <R> CompletableFuture<R> fromApplication(Action<R> action) {
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while the node was busy; nothing was done", e);
    }
    CompletableFuture<R> answer = actor.submit(action);
    return answer.whenComplete((result, failure) -> slots.release());
  }

  /** Keeps an author's secret; durable. */
  public CompletableFuture<AuthorId> importAuthor(Author author) {
    return fromApplication(new StoreAction.ImportAuthor(author));
  }

  /** Gives an author's secret out, if it is kept. */
  public CompletableFuture<Optional<Author>> exportAuthor(AuthorId author) {
    return fromApplication(new StoreAction.ExportAuthor(author));
  }

  /** Forgets an author's secret; durable; fails with AuthorNotFoundException. */
  public CompletableFuture<AuthorId> deleteAuthor(AuthorId author) {
    return fromApplication(new StoreAction.DeleteAuthor(author));
  }

  /** The authors in order. */
  public CompletableFuture<List<AuthorId>> listAuthors() {
    return fromApplication(new StoreAction.ListAuthors());
  }

  /** Keeps a document or upgrades the right to it; durable; answers what the node may do now. */
  public CompletableFuture<Capability> importNamespace(Capability capability) {
    return fromApplication(new StoreAction.ImportNamespace(capability));
  }

  /** The capabilities of all documents in order. */
  public CompletableFuture<List<Capability>> listReplicas() {
    return fromApplication(new StoreAction.ListReplicas());
  }

  /** Every content hash that an entry names. */
  public CompletableFuture<Set<Hash>> contentHashes() {
    return fromApplication(new StoreAction.ContentHashes());
  }

  /** Makes everything so far durable. */
  public CompletableFuture<Boolean> flush() {
    return fromApplication(new StoreAction.Flush());
  }

  /** What the node may do with a document; fails with ReplicaNotFoundException. */
  public CompletableFuture<Capability> capability(NamespaceId namespace) {
    return fromApplication(new ReplicaAction.GetCapability(namespace));
  }

  /** Writes an entry; signs it on the calling thread, so that many write on many cores. */
  public CompletableFuture<LocalInsert> insertLocal(
      NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    Optional<SignedEntry> signed =
        LocalWrites.sign(secrets, environment.clock().now(), namespace, author, key, hash, length);
    return fromApplication(new ReplicaAction.InsertLocal(namespace, author, key, hash, length, signed));
  }

  /** Writes a tombstone. */
  public CompletableFuture<LocalInsert> deletePrefix(NamespaceId namespace, AuthorId author, Key prefix) {
    return fromApplication(new ReplicaAction.DeletePrefix(namespace, author, prefix));
  }

  /** The entry of an author at a key. */
  public CompletableFuture<Optional<Entry>> getExact(
      NamespaceId namespace, AuthorId author, Key key, boolean includeEmpty) {
    return fromApplication(new ReplicaAction.GetExact(namespace, author, key, includeEmpty));
  }

  /** A page of a query's results. */
  public CompletableFuture<List<SignedEntry>> getPage(
      NamespaceId namespace, Query query, Optional<RecordIdentifier> after, int max) {
    return fromApplication(new ReplicaAction.GetPage(namespace, query, after, max));
  }

  /** How many entries there are. */
  public CompletableFuture<Long> count(NamespaceId namespace) {
    return fromApplication(new ReplicaAction.Count(namespace));
  }

  /** Removes a replica; durable. */
  public CompletableFuture<NamespaceId> drop(NamespaceId namespace) {
    return fromApplication(new ReplicaAction.DropReplica(namespace));
  }

  /** Sets which content is fetched; durable. */
  public CompletableFuture<DownloadPolicy> setDownloadPolicy(NamespaceId namespace, DownloadPolicy policy) {
    return fromApplication(new ReplicaAction.SetDownloadPolicy(namespace, policy));
  }

  /** Which content is fetched. */
  public CompletableFuture<DownloadPolicy> downloadPolicy(NamespaceId namespace) {
    return fromApplication(new ReplicaAction.GetDownloadPolicy(namespace));
  }

  /** Takes an entry that gossip delivered and whose signatures hold. */
  public CompletableFuture<InsertOutcome> insertRemote(
      NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus) {
    return actor.submit(new ReplicaAction.InsertRemote(namespace, entry, from, contentStatus));
  }

  /** The first message of a session that this side begins. */
  public CompletableFuture<RangeMessage> initialMessage(NamespaceId namespace) {
    return actor.submit(new ReplicaAction.InitialMessage(namespace));
  }

  /** Begins to take a message of a session. */
  public Exchange beginExchange(NamespaceId namespace) {
    return new Reconciler(namespace, reconciler).begin();
  }

  /**
   * Takes the next pieces of a message of a session.
   *
   * @param last whether the message ends with them: then it is answered
   */
  public CompletableFuture<TakenPieces> takePieces(
      NamespaceId namespace, Exchange exchange, CheckedPieces pieces, EndpointId from, boolean last) {
    return actor.submit(new ReplicaAction.TakePieces(namespace, exchange, pieces, from, last));
  }

  /** The peers with which a document was synced, the newest first. */
  public CompletableFuture<List<EndpointId>> syncPeers(NamespaceId namespace) {
    return actor.submit(new ReplicaAction.GetSyncPeers(namespace));
  }

  /** Remembers a peer as the newest useful one. */
  public CompletableFuture<EndpointId> registerUsefulPeer(NamespaceId namespace, EndpointId peer) {
    return actor.submit(new ReplicaAction.RegisterUsefulPeer(namespace, peer));
  }

  /** The newest timestamp of each author. */
  public CompletableFuture<AuthorHeads> heads(NamespaceId namespace) {
    return actor.submit(new ReplicaAction.GetHeads(namespace));
  }

  /** Of how many authors the given heads know something newer. */
  public CompletableFuture<Integer> hasNewsForUs(NamespaceId namespace, AuthorHeads heads) {
    return actor.submit(new ReplicaAction.HasNewsForUs(namespace, heads));
  }

  /** Content that is still to be fetched. */
  public CompletableFuture<List<Hash>> wanted(NamespaceId namespace, int max) {
    return actor.submit(new ReplicaAction.GetWanted(namespace, max));
  }

  /** Notes that content has arrived. */
  public CompletableFuture<Hash> contentArrived(NamespaceId namespace, Hash hash) {
    return actor.submit(new ReplicaAction.ContentArrived(namespace, hash));
  }

  /** Notes whether a document is syncing. */
  public CompletableFuture<Boolean> setSync(NamespaceId namespace, boolean sync) {
    return actor.submit(new ReplicaAction.SetSync(namespace, sync));
  }

  /** The documents that were syncing. */
  public CompletableFuture<List<NamespaceId>> syncing() {
    return actor.submit(new StoreAction.ListSyncing());
  }

  /** Remembers a peer's addresses. */
  public CompletableFuture<EndpointAddr> putPeer(EndpointAddr peer) {
    return actor.submit(new StoreAction.PutPeer(peer));
  }

  /** Looks a peer's addresses up. */
  public CompletableFuture<Optional<EndpointAddr>> peer(EndpointId peer) {
    return actor.submit(new StoreAction.GetPeer(peer));
  }

  /** Runs everything that was asked before, makes it durable and closes the store. Idempotent, waits. */
  @Override
  public void close() {
    actor.close();
  }
}
