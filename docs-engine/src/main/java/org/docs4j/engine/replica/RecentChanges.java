package org.docs4j.engine.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.engine.index.Recent;
import org.docs4j.engine.ranger.Segment;

/**
 * What was put into the documents last, and what each entry did to their fingerprints: by the fingerprint that a peer
 * names, this tells what it lacks if it has all but some of the latest entries.
 *
 * <p>It has also what is not committed yet. What it says is checked against fingerprints: sums that agree mean the same
 * difference. All of it is forgotten when a transaction is undone. Bounded, and safe to use from any thread.
 */
final class RecentChanges {
  /** How many entries of a document are remembered. */
  static final int MOST = 2048;

  /** How many bytes the identifiers of a document have that are remembered, unless it is only one. */
  static final int MOST_BYTES = 512 << 10;

  /** Of how many documents anything is remembered. */
  static final int DOCUMENTS = 64;

  private final Map<NamespaceId, Changes> documents = new Recent<>(DOCUMENTS);

  /**
   * One entry that was put.
   *
   * @param id where
   * @param change of the fingerprint of all that holds it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Change(byte[] id, Fingerprint change) {}

  private static final class Changes {
    private final Deque<Change> latest = new ArrayDeque<>();
    private long bytes;

    void add(Change change) {
      latest.addLast(change);
      bytes += change.id.length;
      while (latest.size() > MOST || (bytes > MOST_BYTES && latest.size() > 1)) {
        bytes -= latest.removeFirst().id.length;
      }
    }
  }

  /** Notes an entry that was put. */
  synchronized void put(NamespaceId namespace, byte[] id, Fingerprint change) {
    documents.computeIfAbsent(namespace, unknown -> new Changes()).add(new Change(id, change));
  }

  /** Begins anew with a document, of which something was removed. */
  synchronized void forget(NamespaceId namespace) {
    documents.remove(namespace);
  }

  /** Begins anew with all documents. */
  synchronized void forget() {
    documents.clear();
  }

  /**
   * The identifiers of the latest entries of some segments that together make a difference, in their order.
   *
   * @return empty if no number of them does, as far as it is remembered
   */
  synchronized Optional<List<RecordIdentifier>> latest(
      NamespaceId namespace, List<Segment> segments, Fingerprint difference) {
    Changes changes = documents.get(namespace);
    if (changes == null) {
      return Optional.empty();
    }
    List<Run> runs = segments.stream().map(Run::of).toList();
    List<byte[]> ids = new ArrayList<>();
    Fingerprint sum = Fingerprint.ZERO;
    for (Iterator<Change> from = changes.latest.descendingIterator(); from.hasNext(); ) {
      Change next = from.next();
      if (isInOne(runs, next.id)) {
        ids.add(next.id);
        sum = sum.xor(next.change);
        if (sum.equals(difference)) {
          return Optional.of(inOrder(ids));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isInOne(List<Run> runs, byte[] id) {
    for (Run run : runs) {
      if (run.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static List<RecordIdentifier> inOrder(List<byte[]> ids) {
    return ids.stream().sorted(Arrays::compareUnsigned).map(RowKeys::identifier).distinct().toList();
  }

  /** A segment in bytes. */
  private record Run(Optional<byte[]> from, Optional<byte[]> to) {
    static Run of(Segment segment) {
      return new Run(StoredRange.row(segment.from()), StoredRange.row(segment.to()));
    }

    boolean contains(byte[] id) {
      return (from.isEmpty() || Arrays.compareUnsigned(from.get(), id) <= 0)
          && (to.isEmpty() || Arrays.compareUnsigned(id, to.get()) < 0);
    }
  }
}
