package org.docs4j.engine.replica;

import java.util.function.Consumer;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;

/**
 * The one writing view of all replicas: sees its own changes; {@link #close} without {@link #commit} undoes them.
 *
 * <p>Index nodes that several changes touch are kept in memory and written once, at commit.
 */
public interface ReplicaWriter extends ReplicaReader {
  /**
   * Keeps a capability; a right to write replaces a right to read, never the other way round.
   *
   * @return whether anything changed
   */
  boolean putCapability(Capability capability);

  /** Removes a document with everything that belongs to it, its heads included. */
  void drop(NamespaceId namespace);

  /** Keeps an author's secret. */
  void putAuthor(Author author);

  /** Forgets an author's secret; returns whether it was there. */
  boolean deleteAuthor(AuthorId author);

  /**
   * Applies the insert rule (WIRE 3.3, as intended: tombstones protect, the empty key has parents too). The caller has
   * validated the entry.
   *
   * @param entry of a document that is kept
   * @param removed told of each older entry that the rule removed at longer keys, in order of the keys
   * @return stored or obsolete, never invalid
   */
  InsertOutcome put(SignedEntry entry, Consumer<SignedEntry> removed);

  /** Remembers a peer as the newest useful one of a document. */
  void putUsefulPeer(NamespaceId namespace, EndpointId peer);

  /** Remembers a peer's addresses instead of those known before. */
  void putPeer(EndpointAddr peer);

  /** Sets which content of a document is fetched by itself. */
  void putPolicy(NamespaceId namespace, DownloadPolicy policy);

  /** Notes that content of a document is still to be fetched. */
  void putWanted(NamespaceId namespace, Hash hash);

  /** Notes that content has arrived or is no longer wanted. */
  void deleteWanted(NamespaceId namespace, Hash hash);

  /** Notes whether a document is syncing. */
  void putSyncing(NamespaceId namespace, boolean syncing);

  /**
   * Makes all changes visible and ends the view.
   *
   * @throws org.docs4j.api.StoreException if that failed: then no change was applied
   */
  void commit(Durability durability);
}
