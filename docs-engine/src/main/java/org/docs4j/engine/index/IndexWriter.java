package org.docs4j.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;

/**
 * The index of one document in the write transaction. Changed nodes stay in memory until {@link #flush}; reads see
 * them. The rows of records are changed first, the index after them.
 */
public final class IndexWriter extends RangeIndex {
  private static final int MAX_RECORDS = 64;
  private static final int FEW_RECORDS = 16;
  private static final int MERGED_RECORDS = 48;

  /** Records with long keys make smaller buckets, so that a bucket is looked through in bounded time. */
  private static final int MAX_WEIGHT = 128 << 10;

  private static final int MERGED_WEIGHT = MAX_WEIGHT / 2;

  private final ChangingNodes nodes;
  private final RecordRows records;
  private final NodeShape shape;

  /** Continues an index, or begins one if there are no rows. */
  public IndexWriter(NodeRows.Writable rows, RecordRows records) {
    this(new ChangingNodes(rows), records);
  }

  private IndexWriter(ChangingNodes nodes, RecordRows records) {
    super(nodes, records);
    this.nodes = nodes;
    this.records = records;
    this.shape = new NodeShape(nodes);
  }

  /** Counts a record that was put at a new identifier. */
  public void add(byte[] id, Mark mark) {
    forget();
    Node root = nodes.root();
    if (root.slots.isEmpty()) {
      root.slots.add(new Slot(Separator.LOWEST, mark.version()));
      nodes.change(root);
    }
    List<Step> way = descend(id);
    for (Step step : way) {
      step.slot().add(mark);
    }
    Slot bucket = last(way).slot();
    bucket.weight += id.length;
    boolean many = bucket.count > MAX_RECORDS;
    if (many || (bucket.weight > MAX_WEIGHT && bucket.count > 1)) {
      Slot upper = BucketCut.cut(bucket, low(way), !many, nodes, records);
      shape.insert(way, upper);
    }
  }

  /** Takes a removed record out. */
  public void remove(byte[] id, Mark mark) {
    forget();
    List<Step> way = descend(id);
    for (Step step : way) {
      step.slot().remove(mark);
    }
    Slot bucket = last(way).slot();
    bucket.weight -= id.length;
    if (bucket.count < 0 || bucket.weight < 0) {
      throw new StoreCorruptedException("a bucket of the range index lacks a record that was there");
    }
    if (bucket.count == 0) {
      shape.remove(way, way.size() - 1);
    } else if (bucket.count < FEW_RECORDS) {
      mergeBucket(way);
    }
  }

  /** Notes that the record at an identifier was replaced. */
  public void replace(byte[] id, Mark before, Mark after) {
    forget();
    for (Step step : descend(id)) {
      step.slot().add(after);
      step.slot().remove(before);
    }
  }

  /**
   * The first bucket with an identifier in a range of which a record may be as old as a version or older. None, if no
   * record of the range is; a bucket may be given in vain until {@link #tighten} was called for it.
   *
   * @param from where the range begins
   * @param to where it ends, not part of it; empty for the end of the document
   */
  public Optional<Bucket> older(byte[] from, Optional<byte[]> to, Version version) {
    Node root = nodes.root();
    boolean ended = to.isPresent() && Arrays.compareUnsigned(from, to.get()) >= 0;
    return root.slots.isEmpty() || ended
        ? Optional.empty()
        : older(root, Separator.LOWEST, Optional.empty(), new Older(from, to, version));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Older(byte[] from, Optional<byte[]> to, Version version) {}

  private Optional<Bucket> older(Node node, Separator low, Optional<Separator> high, Older wanted) {
    int first = node.slot(wanted.from, nodes.rows());
    for (int i = first; i < node.slots.size(); i++) {
      Slot slot = node.slots.get(i);
      if (i > first && wanted.to.isPresent() && !slot.low.isAtMost(wanted.to.get(), nodes.rows())) {
        return Optional.empty();
      }
      if (slot.oldest().compareTo(wanted.version) <= 0) {
        Separator from = i == 0 ? low : slot.low;
        Optional<Separator> to = i + 1 == node.slots.size() ? high : Optional.of(node.slots.get(i + 1).low);
        Optional<Bucket> found =
            node.isLeaf()
                ? Optional.of(new Bucket(from.bytes(nodes.rows()), to.map(end -> end.bytes(nodes.rows()))))
                : older(nodes.below(node, slot), from, to, wanted);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Tells the bucket that begins at the given bytes the oldest version of the records that will remain in it. To be
   * called before others are removed.
   */
  public void tighten(byte[] low, Version oldest) {
    List<Step> way = descend(low);
    last(way).slot().oldest(oldest);
    shape.refresh(way, way.size() - 1);
  }

  /** Stores every changed node once. */
  public void flush() {
    nodes.flush();
  }

  private List<Step> descend(byte[] id) {
    List<Step> way = new ArrayList<>();
    Node node = nodes.root();
    if (node.slots.isEmpty()) {
      throw new StoreCorruptedException("the range index is empty while there are records");
    }
    while (true) {
      nodes.change(node);
      Step step = new Step(node, node.slot(id, nodes.rows()));
      way.add(step);
      if (node.isLeaf()) {
        return way;
      }
      node = nodes.below(node, step.slot());
    }
  }

  private byte[] low(List<Step> way) {
    for (int i = way.size() - 1; i >= 0; i--) {
      if (way.get(i).at() > 0) {
        return way.get(i).slot().low.bytes(nodes.rows());
      }
    }
    return Separator.LOWEST.head();
  }

  private static Step last(List<Step> way) {
    return way.get(way.size() - 1);
  }

  private void mergeBucket(List<Step> way) {
    Step step = last(way);
    List<Slot> slots = step.node().slots;
    int left = step.at() + 1 < slots.size() && fit(slots, step.at()) ? step.at() : step.at() - 1;
    if (left >= 0 && fit(slots, left)) {
      slots.get(left).merge(slots.get(left + 1));
      nodes.remove(slots.remove(left + 1).low);
      shape.shrunk(way, way.size() - 1);
    }
  }

  private static boolean fit(List<Slot> slots, int left) {
    Slot a = slots.get(left);
    Slot b = slots.get(left + 1);
    return a.count + b.count <= MERGED_RECORDS && a.weight + b.weight <= MERGED_WEIGHT;
  }
}
