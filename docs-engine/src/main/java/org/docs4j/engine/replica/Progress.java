package org.docs4j.engine.replica;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/**
 * How far work that takes several transactions has come in this process. Without it, after a crash, such work begins
 * again where it began, and is right as well. For the one writer.
 */
final class Progress {
  private final Map<NamespaceId, DocumentDrop> drops = new HashMap<>();
  private final Map<NamespaceId, Put> puts = new HashMap<>();

  /** An entry on its way in. */
  static final class Put {
    final SignedEntry entry;

    /** What was found at its place at the beginning. */
    final Inserter.Place place;

    /** Below which everything was looked through; empty at the end of the document. */
    Optional<byte[]> from;

    /** The last older entry that was removed. */
    Optional<byte[]> last = Optional.empty();

    Put(SignedEntry entry, byte[] id, Inserter.Place place) {
      this.entry = entry;
      this.place = place;
      this.from = Optional.of(id);
    }
  }

  DocumentDrop drop(NamespaceId namespace) {
    puts.remove(namespace);
    return drops.computeIfAbsent(namespace, DocumentDrop::new);
  }

  Optional<Put> put(SignedEntry entry) {
    return Optional.ofNullable(puts.get(entry.id().namespace())).filter(put -> put.entry.equals(entry));
  }

  void pause(Put put) {
    puts.put(put.entry.id().namespace(), put);
  }

  /** To be called when the work on a document came to its end. */
  void done(NamespaceId namespace) {
    drops.remove(namespace);
    puts.remove(namespace);
  }

  /** To be called when a transaction was rolled back: what it removed is there again. */
  void forget() {
    drops.clear();
    puts.clear();
  }
}
