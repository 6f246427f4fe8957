package org.docs4j.engine.index;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.engine.ranger.RangeSummary;

/**
 * The index of one document, for reading: the height of the tree in rows, and the records of one bucket, for each
 * question. For one thread.
 */
public class RangeIndex {
  private final Nodes nodes;
  private final RecordRows records;

  /** Reads an index; an empty one if there are no rows. */
  public RangeIndex(NodeRows rows, RecordRows records) {
    this(new Nodes(rows), records);
  }

  RangeIndex(Nodes nodes, RecordRows records) {
    this.nodes = nodes;
    this.records = records;
  }

  /** All records. */
  public final RangeSummary total() {
    long count = 0;
    Bytes32 sum = Bytes32.ZERO;
    for (Slot slot : nodes.root().slots) {
      count += slot.count;
      sum = sum.xor(slot.sum);
    }
    return new RangeSummary(count, new Fingerprint(sum));
  }

  /** The records below the given bytes. */
  public final RangeSummary before(byte[] bound) {
    Node node = nodes.root();
    if (node.slots.isEmpty()) {
      return RangeSummary.NONE;
    }
    Sum sum = new Sum();
    Separator low = Separator.LOWEST;
    while (true) {
      int at = node.slot(bound, nodes.rows());
      for (int i = 0; i < at; i++) {
        Slot slot = node.slots.get(i);
        sum.count += slot.count;
        sum.bytes = sum.bytes.xor(slot.sum);
      }
      low = at > 0 ? node.slots.get(at).low : low;
      if (node.isLeaf()) {
        break;
      }
      node = nodes.below(node, node.slots.get(at));
    }
    records.visit(low.bytes(nodes.rows()), (id, mark) -> Arrays.compareUnsigned(id, bound) < 0 && sum.add(mark));
    return new RangeSummary(sum.count, new Fingerprint(sum.bytes));
  }

  /**
   * The identifier at a position among all records.
   *
   * @throws IndexOutOfBoundsException if there are not that many
   */
  public final byte[] select(long position) {
    Node node = nodes.root();
    Separator low = Separator.LOWEST;
    long rest = position;
    while (true) {
      int at = 0;
      while (at < node.slots.size() && rest >= node.slots.get(at).count) {
        rest -= node.slots.get(at).count;
        at++;
      }
      if (position < 0 || at == node.slots.size()) {
        throw new IndexOutOfBoundsException("no record at position " + position);
      }
      low = at > 0 ? node.slots.get(at).low : low;
      if (node.isLeaf()) {
        return inBucket(low, rest);
      }
      node = nodes.below(node, node.slots.get(at));
    }
  }

  private byte[] inBucket(Separator low, long position) {
    Found found = new Found(position);
    records.visit(low.bytes(nodes.rows()), found);
    return found.id.orElseThrow(() -> new StoreCorruptedException("a bucket of the range index lacks records"));
  }

  private static final class Sum {
    private long count;
    private Bytes32 bytes = Bytes32.ZERO;

    boolean add(Mark mark) {
      count++;
      bytes = bytes.xor(mark.fingerprint().bytes());
      return true;
    }
  }

  private static final class Found implements RecordRows.Visitor {
    private long rest;
    private Optional<byte[]> id = Optional.empty();

    Found(long rest) {
      this.rest = rest;
    }

    @Override
    public boolean visit(byte[] candidate, Mark mark) {
      if (rest-- > 0) {
        return true;
      }
      id = Optional.of(candidate);
      return false;
    }
  }
}
