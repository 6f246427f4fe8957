package org.docs4j.engine.index;

import org.docs4j.api.model.Bytes;

/** The row of a node, for tests of other packages. */
public final class NodeRow {
  private NodeRow() {}

  /**
   * Reads a row, and again what it is written as.
   *
   * @throws org.docs4j.api.StoreCorruptedException if it is not one
   */
  public static void decode(byte[] row) {
    Node node = NodeCodec.decode(1, row);
    node.slots.forEach(Slot::oldest);
    byte[] written = NodeCodec.encode(node);
    byte[] again = NodeCodec.encode(NodeCodec.decode(1, written));
    if (!Bytes.of(written).equals(Bytes.of(again))) {
      throw new AssertionError("a node is written in two ways");
    }
  }
}
