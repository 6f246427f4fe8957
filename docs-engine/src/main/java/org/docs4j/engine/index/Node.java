package org.docs4j.engine.index;

import java.util.ArrayList;
import java.util.List;

/** A node of the tree in memory. A node has slots, but for the root of an empty tree. */
final class Node {
  /** The number of the root, whatever happens to the tree. */
  static final long ROOT = 0;

  final long number;

  /** The height above the leaves, which are at 0. Only the root's ever changes. */
  int level;

  final List<Slot> slots;

  /** Whether it differs from its row, or has none yet. */
  boolean changed;

  Node(long number, int level) {
    this(number, level, 1);
  }

  /** A node with room for so many slots. */
  Node(long number, int level, int room) {
    this.number = number;
    this.level = level;
    this.slots = new ArrayList<>(room);
  }

  boolean isLeaf() {
    return level == 0;
  }

  /** The slot in which an identifier belongs. */
  int slot(byte[] id, NodeRows rows) {
    int low = 0;
    int high = slots.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (slots.get(middle).low.isAtMost(id, rows)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
