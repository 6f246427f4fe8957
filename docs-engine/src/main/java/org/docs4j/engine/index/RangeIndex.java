package org.docs4j.engine.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.engine.ranger.RangeSummary;

/**
 * The index of one document, for reading: the height of the tree in rows, and the records of one bucket, for each
 * question. For one thread.
 *
 * <p>What is before the last few bounds and selected identifiers is remembered. So a split into equal parts costs one
 * question for each of its ends: whoever selects them counts and sums up the parts for nothing.
 */
public class RangeIndex {
  private static final int REMEMBERED = 160;

  /** Longer bounds are not remembered. */
  private static final int REMEMBERED_BYTES = 4096;

  private final Nodes nodes;
  private final RecordRows records;
  private final Map<ByteBuffer, RangeSummary> known = new Recent<>(REMEMBERED);

  /** Reads an index; an empty one if there are no rows. */
  public RangeIndex(NodeRows rows, RecordRows records) {
    this(new Nodes(rows), records);
  }

  RangeIndex(Nodes nodes, RecordRows records) {
    this.nodes = nodes;
    this.records = records;
  }

  /** To be called when a record was added, removed or replaced. */
  final void forget() {
    known.clear();
  }

  private void remember(byte[] bound, RangeSummary summary) {
    if (bound.length <= REMEMBERED_BYTES) {
      known.put(ByteBuffer.wrap(bound), summary);
    }
  }

  /** All records. */
  public final RangeSummary total() {
    Sum sum = new Sum();
    nodes.root().slots.forEach(sum::add);
    return sum.summary();
  }

  /** The records below the given bytes. */
  public final RangeSummary before(byte[] bound) {
    RangeSummary summary = known.get(ByteBuffer.wrap(bound));
    if (summary == null) {
      summary = sumUp(bound);
      remember(bound.clone(), summary);
    }
    return summary;
  }

  private RangeSummary sumUp(byte[] bound) {
    Node node = nodes.root();
    if (node.slots.isEmpty()) {
      return RangeSummary.NONE;
    }
    Sum sum = new Sum();
    Separator low = Separator.LOWEST;
    while (true) {
      int at = node.slot(bound, nodes.rows());
      for (int i = 0; i < at; i++) {
        sum.add(node.slots.get(i));
      }
      low = at > 0 ? node.slots.get(at).low : low;
      if (node.isLeaf()) {
        break;
      }
      node = nodes.below(node, node.slots.get(at));
    }
    records.visit(low.bytes(nodes.rows()), (id, row) -> Arrays.compareUnsigned(id, bound) < 0 && sum.add(row));
    return sum.summary();
  }

  /**
   * The identifier at a position among all records.
   *
   * @throws IndexOutOfBoundsException if there are not that many
   */
  public final byte[] select(long position) {
    Node node = nodes.root();
    Separator low = Separator.LOWEST;
    Sum sum = new Sum();
    while (true) {
      int at = 0;
      while (at < node.slots.size() && position - sum.count >= node.slots.get(at).count) {
        sum.add(node.slots.get(at));
        at++;
      }
      if (position < 0 || at == node.slots.size()) {
        throw new IndexOutOfBoundsException("no record at position " + position);
      }
      low = at > 0 ? node.slots.get(at).low : low;
      if (node.isLeaf()) {
        return inBucket(low, position, sum);
      }
      node = nodes.below(node, node.slots.get(at));
    }
  }

  private byte[] inBucket(Separator low, long position, Sum before) {
    Found found = new Found(position, before);
    records.visit(low.bytes(nodes.rows()), found);
    byte[] id = found.id.orElseThrow(() -> new StoreCorruptedException("a bucket of the range index lacks records"));
    remember(id, before.summary());
    return id;
  }

  private static final class Sum {
    private long count;
    private long w0;
    private long w1;
    private long w2;
    private long w3;

    void add(Slot slot) {
      count += slot.count;
      add(slot.sum);
    }

    boolean add(RecordRows.Row row) {
      count++;
      add(row.fingerprint().bytes());
      return true;
    }

    private void add(Bytes32 sum) {
      w0 ^= sum.w0();
      w1 ^= sum.w1();
      w2 ^= sum.w2();
      w3 ^= sum.w3();
    }

    RangeSummary summary() {
      return new RangeSummary(count, new Fingerprint(new Bytes32(w0, w1, w2, w3)));
    }
  }

  private static final class Found implements RecordRows.Visitor {
    private final long position;
    private final Sum before;
    private Optional<byte[]> id = Optional.empty();

    Found(long position, Sum before) {
      this.position = position;
      this.before = before;
    }

    @Override
    public boolean visit(byte[] candidate, RecordRows.Row row) {
      if (before.count < position) {
        return before.add(row);
      }
      id = Optional.of(candidate);
      return false;
    }
  }
}
