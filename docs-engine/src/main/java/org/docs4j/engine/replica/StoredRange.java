package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.index.RangeIndex;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.EntryPage;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Segment;

/** The entries of one document in a transaction, for reconciliation. */
final class StoredRange implements RangeView {
  private final KeyValueReader reader;
  private final NamespaceId namespace;
  private final byte[] start;

  StoredRange(KeyValueReader reader, NamespaceId namespace) {
    this.reader = reader;
    this.namespace = namespace;
    this.start = namespace.toByteArray();
  }

  @Override
  public Optional<RecordIdentifier> smallest() {
    LongKeyCursor cursor = reader.scan();
    return cursor.seekCeiling(start) && RowKeys.startsWith(cursor.key(), start)
        ? Optional.of(RowKeys.identifier(cursor.key()))
        : Optional.empty();
  }

  @Override
  public RangeSummary summary(Segment segment) {
    RangeSummary below = before(segment.from());
    return before(segment.to()).minus(below);
  }

  @Override
  public RecordIdentifier select(Segment segment, long index) {
    return RowKeys.identifier(index().select(Math.addExact(before(segment.from()).count(), index)));
  }

  @Override
  public EntryPage entries(Segment segment, int max) {
    List<SignedEntry> entries = new ArrayList<>();
    long bytes = 0;
    LongKeyCursor cursor = reader.scan();
    Optional<byte[]> end = row(segment.to());
    boolean found = cursor.seekCeiling(segment.from() instanceof Bound.At at ? at.id().encode() : start);
    while (found) {
      byte[] key = cursor.key();
      if (!RowKeys.startsWith(key, start) || (end.isPresent() && Arrays.compareUnsigned(key, end.get()) >= 0)) {
        break;
      }
      if (entries.size() >= max || bytes >= PageCollector.MAX_BYTES) {
        return new EntryPage(entries, true);
      }
      byte[] row = cursor.value();
      entries.add(RecordRow.decode(key, row));
      bytes += key.length + row.length;
      found = cursor.next();
    }
    return new EntryPage(entries, false);
  }

  @Override
  public Optional<List<RecordIdentifier>> latest(List<Segment> segments, Fingerprint difference) {
    return reader.changes().latest(namespace, segments, difference);
  }

  /** The row of a bound that is neither the start nor the end. */
  static Optional<byte[]> row(Bound bound) {
    return bound instanceof Bound.At at ? Optional.of(at.id().encode()) : Optional.empty();
  }

  private RangeSummary before(Bound bound) {
    if (bound instanceof Bound.At at) {
      return index().before(at.id().encode());
    }
    return bound instanceof Bound.Start ? RangeSummary.NONE : index().total();
  }

  private RangeIndex index() {
    return reader.index(namespace);
  }
}
