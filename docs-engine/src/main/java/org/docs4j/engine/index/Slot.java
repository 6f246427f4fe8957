package org.docs4j.engine.index;

import org.docs4j.api.model.Bytes32;
import org.jspecify.annotations.Nullable;

/** A part of a node: a bucket of records in a leaf, a node of the level below otherwise. */
final class Slot {
  private static final byte[] NONE = new byte[0];

  /** Where the part begins; {@link Separator#LOWEST} in the first slot of a node, which begins where the node does. */
  Separator low;

  /** The number of the node below; 0 in a leaf. */
  long child;

  /** How many records there are. */
  long count;

  /** How many bytes the identifiers of the records of a bucket have together; 0 above the leaves. */
  long weight;

  /** The exclusive or of their fingerprints. */
  Bytes32 sum = Bytes32.ZERO;

  /** The oldest version; empty while it is only in the row, at the offset. */
  private @Nullable Version oldest;

  private byte[] row = NONE;
  private int offset;

  Slot(Separator low, Version oldest) {
    this.low = low;
    this.oldest = oldest;
  }

  /** A slot with the oldest version still in the row of its node: most nodes are read for their sums alone. */
  Slot(Separator low, byte[] row, int offset) {
    this.low = low;
    this.row = row;
    this.offset = offset;
  }

  /**
   * No record is older than this. It is exact when a record is added, and only a bound when one was removed or replaced
   * until the bucket is looked through the next time.
   */
  Version oldest() {
    Version known = oldest;
    if (known == null) {
      known = NodeCodec.version(row, offset);
      oldest(known);
    }
    return known;
  }

  /** Sets the version that no record is older than. */
  void oldest(Version version) {
    oldest = version;
    row = NONE;
  }

  /** A slot that leads to a node. */
  static Slot of(Separator low, Node node) {
    Slot slot = new Slot(low, node.slots.get(0).oldest());
    slot.child = node.number;
    slot.sumUp(node);
    return slot;
  }

  /** Takes over what the slots of the node below say together. */
  void sumUp(Node node) {
    count = 0;
    sum = Bytes32.ZERO;
    Version least = node.slots.get(0).oldest();
    for (Slot slot : node.slots) {
      count += slot.count;
      sum = sum.xor(slot.sum);
      least = least.min(slot.oldest());
    }
    oldest(least);
  }

  void add(RecordRows.Row row) {
    count++;
    sum = sum.xor(row.fingerprint().bytes());
    oldest(oldest().min(row.version()));
  }

  void remove(Mark mark) {
    count--;
    sum = sum.xor(mark.fingerprint().bytes());
  }

  /** Adds what a neighbour has. */
  void merge(Slot right) {
    count += right.count;
    weight += right.weight;
    sum = sum.xor(right.sum);
    oldest(oldest().min(right.oldest()));
  }
}
