package org.docs4j.engine.memory;

import java.util.Arrays;
import java.util.Optional;

/**
 * A node of a B+tree of byte strings in unsigned order: the entries stand in the leaves, branches hold the way to them.
 *
 * <p>A node is changed in place by the write transaction that made it, which alone knows it, and copied by every other
 * one, together with the way to it from the root; so every older root stays as it was. What changes a node demands that
 * it is {@link #owned}. The arrays that it is given belong to it.
 */
abstract sealed class Node permits Leaf, Branch {
  /** The most entries of a leaf and children of a branch. */
  static final int MAX = 64;

  /** Below so many a node is merged with a neighbour, if both together are not more than {@link #MERGED}. */
  private static final int FEW = MAX / 4;

  private static final int MERGED = MAX * 3 / 4;

  /** Where there is no key or value any more, and every empty value. */
  static final byte[] NONE = new byte[0];

  private final Object owner;

  /** The key of each entry; in a branch that at which each child begins, of which the first is never asked. */
  byte[][] keys;

  int size;

  Node(Object owner, byte[][] keys, int size) {
    this.owner = owner;
    this.keys = keys;
    this.size = size;
  }

  /**
   * The upper part of a node that was cut.
   *
   * @param low its first key
   * @param right the new node
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Cut(byte[] low, Node right) {}

  /** This node if it belongs to the transaction, else a copy that does. */
  final Node owned(Object transaction) {
    return owner == transaction ? this : copy(transaction, size);
  }

  /** A copy of the first entries or children. */
  abstract Node copy(Object transaction, int count);

  /** Sets the value at a key, whatever was there; returns the upper part if the node had to be cut. */
  abstract Optional<Cut> put(byte[] key, byte[] value, Object transaction);

  /** Removes a key that is there; the node may be empty then. */
  abstract void remove(byte[] key, Object transaction);

  /** Adds what the right neighbour holds, which begins at a key. */
  abstract void append(byte[] low, Node right);

  /** The leaf at the left (or right) end. */
  abstract Leaf end(boolean right);

  final boolean isFew() {
    return size < FEW;
  }

  final boolean fits(Node neighbour) {
    return size + neighbour.size <= MERGED;
  }

  /** The place of the first key that is at or above the given one. */
  final int ceiling(byte[] key, int from) {
    int low = from;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(keys[middle], key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  final boolean isAt(int place, byte[] key) {
    return place < size && Arrays.equals(keys[place], key);
  }

  /** Where a full node is cut for an entry at a place: in the middle, or so that ascending keys fill the nodes. */
  final int cutAt(int place) {
    return place == size ? size - 1 : size / 2;
  }

  /** How long the arrays of a node with so many entries are made. */
  static int capacity(int count) {
    return Math.min(MAX + 1, count + count / 8 + 2);
  }

  /** Puts an element into an array that holds so many, which is made longer if it must. */
  static <T> T[] insert(T[] array, int count, int at, T element) {
    T[] target = count < array.length ? array : Arrays.copyOf(array, capacity(count + 1));
    System.arraycopy(target, at, target, at + 1, count - at);
    target[at] = element;
    return target;
  }

  /** Takes an element out of an array that holds so many. */
  static <T> void delete(T[] array, int count, int at, T blank) {
    System.arraycopy(array, at + 1, array, at, count - at - 1);
    array[count - 1] = blank;
  }
}
