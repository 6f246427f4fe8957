package org.docs4j.engine.memory;

import java.util.Arrays;
import java.util.Optional;

/** A node with entries. Only the root of an empty tree has none. */
final class Leaf extends Node {
  static final Leaf EMPTY = new Leaf(new Object(), new byte[0][], new byte[0][], 0);

  byte[][] values;

  private Leaf(Object owner, byte[][] keys, byte[][] values, int size) {
    super(owner, keys, size);
    this.values = values;
  }

  @Override
  Leaf copy(Object transaction, int count) {
    int length = capacity(count);
    return new Leaf(transaction, copyOf(keys, count, length), copyOf(values, count, length), count);
  }

  private static byte[][] copyOf(byte[][] array, int count, int length) {
    byte[][] copy = new byte[length][];
    System.arraycopy(array, 0, copy, 0, count);
    return copy;
  }

  @Override
  Optional<Cut> put(byte[] key, byte[] value, Object transaction) {
    byte[] kept = value.length == 0 ? NONE : value;
    int at = ceiling(key, 0);
    if (isAt(at, key)) {
      values[at] = kept;
      return Optional.empty();
    }
    keys = insert(keys, size, at, key);
    values = insert(values, size, at, kept);
    size++;
    return size <= MAX ? Optional.empty() : Optional.of(cut(cutAt(at + 1), transaction));
  }

  private Cut cut(int from, Object transaction) {
    int count = size - from;
    int length = capacity(count);
    byte[][] upperKeys = Arrays.copyOfRange(keys, from, from + length);
    byte[][] upperValues = Arrays.copyOfRange(values, from, from + length);
    keys = copyOf(keys, from, capacity(from));
    values = copyOf(values, from, capacity(from));
    size = from;
    return new Cut(upperKeys[0], new Leaf(transaction, upperKeys, upperValues, count));
  }

  @Override
  void remove(byte[] key, Object transaction) {
    int at = ceiling(key, 0);
    delete(keys, size, at, NONE);
    delete(values, size, at, NONE);
    size--;
  }

  @Override
  void append(byte[] low, Node right) {
    Leaf leaf = (Leaf) right;
    keys = copyOf(keys, size, capacity(size + leaf.size));
    values = copyOf(values, size, keys.length);
    System.arraycopy(leaf.keys, 0, keys, size, leaf.size);
    System.arraycopy(leaf.values, 0, values, size, leaf.size);
    size += leaf.size;
  }

  @Override
  Leaf end(boolean right) {
    return this;
  }
}
