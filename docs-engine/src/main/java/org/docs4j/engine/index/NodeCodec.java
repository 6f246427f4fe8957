package org.docs4j.engine.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Timestamp;

/**
 * The row of a node: level (1 byte), number of slots (2), then the slots. A slot but the first begins with its
 * separator: how many bytes of the head it shares with the separator before (1), how many follow (1), these, and where
 * the head has its full length the number of the row with all bytes (8). Then in a leaf records (1) and weight (4),
 * else the node below (8) and records (8); then sum (32) and the oldest version (8 and 32). Numbers are big-endian.
 */
final class NodeCodec {
  /** The most bytes of a node, which fit into a page of the usual 4,096 bytes beside its header. */
  static final int MAX_BYTES = 4070;

  private static final int HEADER = 3;
  private static final int VERSION = 8 + Bytes32.SIZE;
  private static final int LEAF_SLOT = 1 + 4 + Bytes32.SIZE + VERSION;
  private static final int INNER_SLOT = 8 + 8 + Bytes32.SIZE + VERSION;
  private static final byte[] NONE = new byte[0];

  private NodeCodec() {}

  /** How many bytes the row of a node has. */
  static int size(Node node) {
    int size = HEADER;
    for (int i = 0; i < node.slots.size(); i++) {
      size += size(node, i);
    }
    return size;
  }

  /** How many bytes a slot of a node takes. */
  static int size(Node node, int at) {
    int fixed = node.isLeaf() ? LEAF_SLOT : INNER_SLOT;
    if (at == 0) {
      return fixed;
    }
    byte[] head = node.slots.get(at).low.head();
    int number = head.length == Separator.MAX_HEAD ? Long.BYTES : 0;
    return fixed + 2 + head.length - shared(head(node, at - 1), head) + number;
  }

  static byte[] encode(Node node) {
    ByteBuffer out = ByteBuffer.allocate(size(node));
    out.put((byte) node.level).putShort((short) node.slots.size());
    for (int i = 0; i < node.slots.size(); i++) {
      Slot slot = node.slots.get(i);
      if (i > 0) {
        writeSeparator(out, head(node, i - 1), slot.low);
      }
      if (node.isLeaf()) {
        out.put((byte) slot.count).putInt((int) slot.weight);
      } else {
        out.putLong(slot.child).putLong(slot.count);
      }
      put(out, slot.sum);
      out.putLong(slot.oldest().timestamp().micros());
      put(out, slot.oldest().hash().bytes());
    }
    return out.array();
  }

  /**
   * Reads a node.
   *
   * @throws StoreCorruptedException if the row is not one
   */
  static Node decode(long number, byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row);
    try {
      int level = in.get();
      int slots = in.getShort() & 0xFFFF;
      Node node = new Node(number, level, slots + 1);
      for (int i = 0; i < slots; i++) {
        Separator low = i == 0 ? Separator.LOWEST : readSeparator(in, head(node, i - 1));
        readSlot(in, row, node, low);
      }
      if (node.level < 0 || slots == 0 || in.hasRemaining()) {
        throw new StoreCorruptedException("a node of the range index has a wrong length");
      }
      return node;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new StoreCorruptedException("a node of the range index is cut off", e);
    }
  }

  private static void readSlot(ByteBuffer in, byte[] row, Node node, Separator low) {
    long child = 0;
    long count;
    long weight = 0;
    if (node.isLeaf()) {
      count = in.get() & 0xFF;
      weight = in.getInt() & 0xFFFF_FFFFL;
    } else {
      child = in.getLong();
      count = in.getLong();
    }
    Bytes32 sum = readBytes32(in);
    Slot slot = new Slot(low, row, in.position());
    in.position(in.position() + VERSION);
    slot.child = child;
    slot.count = count;
    slot.weight = weight;
    slot.sum = sum;
    node.slots.add(slot);
  }

  /** The version at an offset of a row. */
  static Version version(byte[] row, int offset) {
    Timestamp timestamp = new Timestamp(ByteBuffer.wrap(row).getLong(offset));
    return new Version(timestamp, new Hash(Bytes32.of(row, offset + Long.BYTES)));
  }

  private static Bytes32 readBytes32(ByteBuffer in) {
    return new Bytes32(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  private static void put(ByteBuffer out, Bytes32 bytes) {
    out.putLong(bytes.w0()).putLong(bytes.w1()).putLong(bytes.w2()).putLong(bytes.w3());
  }

  private static void writeSeparator(ByteBuffer out, byte[] before, Separator separator) {
    byte[] head = separator.head();
    int shared = shared(before, head);
    out.put((byte) shared).put((byte) (head.length - shared)).put(head, shared, head.length - shared);
    if (head.length == Separator.MAX_HEAD) {
      out.putLong(separator.number());
    }
  }

  private static Separator readSeparator(ByteBuffer in, byte[] before) {
    int shared = in.get() & 0xFF;
    int rest = in.get() & 0xFF;
    if (shared > before.length || shared + rest > Separator.MAX_HEAD) {
      throw new StoreCorruptedException("a separator of the range index has a wrong length");
    }
    byte[] head = Arrays.copyOf(before, shared + rest);
    in.get(head, shared, rest);
    return new Separator(head, head.length == Separator.MAX_HEAD ? in.getLong() : Separator.COMPLETE);
  }

  private static byte[] head(Node node, int at) {
    return at == 0 ? NONE : node.slots.get(at).low.head();
  }

  private static int shared(byte[] before, byte[] head) {
    int same = Arrays.mismatch(before, head);
    return same < 0 ? head.length : same;
  }
}
