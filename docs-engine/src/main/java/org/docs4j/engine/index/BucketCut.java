package org.docs4j.engine.index;

import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;

/** Looks through a bucket that has grown too large and finds where to cut it, by records or by their bytes. */
final class BucketCut implements RecordRows.Visitor {
  private final Slot whole;
  private final boolean byWeight;
  private final Slot left;
  private final Slot right;
  private byte[] last = new byte[0];
  private Optional<byte[]> separator = Optional.empty();

  private BucketCut(Slot whole, boolean byWeight) {
    this.whole = whole;
    this.byWeight = byWeight;
    this.left = new Slot(whole.low, whole.oldest());
    this.right = new Slot(Separator.LOWEST, whole.oldest());
  }

  /** Cuts a bucket of at least two records: keeps its lower part in the slot and returns the upper one. */
  static Slot cut(Slot slot, byte[] low, boolean byWeight, ChangingNodes nodes, RecordRows records) {
    BucketCut cut = new BucketCut(slot, byWeight);
    records.visit(low, cut);
    byte[] bytes =
        cut.separator
            .filter(found -> cut.left.count + cut.right.count == slot.count)
            .orElseThrow(() -> new StoreCorruptedException("a bucket of the range index lacks records"));
    cut.right.low = nodes.separator(bytes);
    slot.count = cut.left.count;
    slot.weight = cut.left.weight;
    slot.sum = cut.left.sum;
    slot.oldest(cut.left.oldest());
    return cut.right;
  }

  @Override
  public boolean visit(byte[] id, RecordRows.Row row) {
    if (separator.isEmpty() && isFull(left)) {
      separator = Optional.of(Separator.between(last, id));
    }
    Slot side = separator.isEmpty() ? left : right;
    if (side.count == 0) {
      side.oldest(row.version());
    }
    side.add(row);
    side.weight += id.length;
    last = id;
    return left.count + right.count < whole.count;
  }

  private boolean isFull(Slot side) {
    boolean half = byWeight ? 2 * side.weight >= whole.weight : 2 * side.count >= whole.count;
    return (half && side.count > 0) || side.count == whole.count - 1;
  }
}
