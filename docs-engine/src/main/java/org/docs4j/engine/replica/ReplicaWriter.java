package org.docs4j.engine.replica;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
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

  /**
   * Removes a document with everything that belongs to it, its heads included.
   *
   * @param pause asked for each row whether to leave the rest for another call
   * @return whether that was all; if not, the document is no longer kept, and the rest of it is to be removed before
   *     anything else is done with it, see {@link #mark}
   */
  boolean drop(NamespaceId namespace, BooleanSupplier pause);

  /** Removes a document at one go. */
  default void drop(NamespaceId namespace) {
    drop(namespace, () -> false);
  }

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
   * @param pause asked now and then whether to leave the rest for another call
   * @return stored or obsolete, never invalid; empty after a pause: then some older entries may be removed, the entry itself
   *     is not stored, and it is to be put again before anything else is done with the document, see {@link #mark}
   */
  Optional<InsertOutcome> put(SignedEntry entry, Consumer<SignedEntry> removed, BooleanSupplier pause);

  /** Puts an entry at one go. */
  default InsertOutcome put(SignedEntry entry, Consumer<SignedEntry> removed) {
    return put(entry, removed, () -> false).orElseThrow();
  }

  /**
   * Whether a timestamp is newer than all entries that a document ever had; also false where it would take long to tell,
   * since there are many authors.
   */
  boolean isNewest(NamespaceId namespace, Timestamp timestamp);

  /**
   * The place of an entry that was put before it is signed.
   *
   * <p>Valid while nothing was put over it but by {@link #putUnsigned}; several are signed in the order of putting.
   */
  interface Unsigned {
    /** Completes the entry. */
    void sign(EntrySignature signature);
  }

  /**
   * Puts an entry like {@link #put}, the signatures of which follow: before any entry of the document is read but to put
   * another one like this. A commit fails as long as they are missing.
   *
   * @param entry of a document that is kept
   * @return how to sign it; empty if it is obsolete or removes others, which is left to {@link #put}: nothing was done then
   */
  Optional<Unsigned> putUnsigned(Entry entry);

  /** Notes in the store what was begun on a document, instead of what was noted before. */
  void mark(Unfinished work);

  /** Notes that everything begun on a document is done. */
  void unmark(NamespaceId namespace);

  /**
   * Remembers a peer of a document, and its addresses instead of those known before, if there are any.
   *
   * @param proved whether it has shown to be useful: then it comes before all others, and the last one is forgotten if
   *     there are too many; else it comes behind them, and only if there is room
   */
  void putUsefulPeer(NamespaceId namespace, EndpointAddr peer, boolean proved);

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
