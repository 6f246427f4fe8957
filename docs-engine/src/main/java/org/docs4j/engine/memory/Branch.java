package org.docs4j.engine.memory;

import java.util.Arrays;
import java.util.Optional;

/** A node with children, from one on. */
final class Branch extends Node {
  Node[] children;

  private Branch(Object owner, byte[][] keys, Node[] children, int size) {
    super(owner, keys, size);
    this.children = children;
  }

  /** The branch over a root that was cut. */
  static Branch over(Node left, Cut cut, Object transaction) {
    byte[][] keys = {cut.low(), cut.low()};
    return new Branch(transaction, keys, new Node[] {left, cut.right()}, 2);
  }

  @Override
  Branch copy(Object transaction, int count) {
    int length = capacity(count);
    byte[][] newKeys = new byte[length][];
    Node[] newChildren = new Node[length];
    System.arraycopy(keys, 0, newKeys, 0, count);
    System.arraycopy(children, 0, newChildren, 0, count);
    return new Branch(transaction, newKeys, newChildren, count);
  }

  /** Which child a key belongs to. */
  int child(byte[] key) {
    int at = ceiling(key, 1);
    return isAt(at, key) ? at : at - 1;
  }

  @Override
  Optional<Cut> put(byte[] key, byte[] value, Object transaction) {
    int at = child(key);
    Optional<Cut> cut = own(at, transaction).put(key, value, transaction);
    if (cut.isEmpty()) {
      return cut;
    }
    keys = insert(keys, size, at + 1, cut.get().low());
    children = insert(children, size, at + 1, cut.get().right());
    size++;
    return size <= MAX ? Optional.empty() : Optional.of(cut(cutAt(at + 2), transaction));
  }

  private Node own(int at, Object transaction) {
    Node child = children[at].owned(transaction);
    children[at] = child;
    return child;
  }

  private Cut cut(int from, Object transaction) {
    int count = size - from;
    int length = capacity(count);
    byte[][] upperKeys = Arrays.copyOfRange(keys, from, from + length);
    Node[] upperChildren = Arrays.copyOfRange(children, from, from + length);
    keys = Arrays.copyOf(keys, from);
    children = Arrays.copyOf(children, from);
    size = from;
    return new Cut(upperKeys[0], new Branch(transaction, upperKeys, upperChildren, count));
  }

  @Override
  void remove(byte[] key, Object transaction) {
    int at = child(key);
    Node child = own(at, transaction);
    child.remove(key, transaction);
    if (child.size == 0) {
      drop(at);
    } else if (child.isFew() && !merge(at, transaction) && at > 0) {
      merge(at - 1, transaction);
    }
  }

  /** Merges a child with the one behind it, if there is one and both fit into one node. */
  private boolean merge(int at, Object transaction) {
    if (at + 1 == size || !children[at].fits(children[at + 1])) {
      return false;
    }
    own(at, transaction).append(keys[at + 1], children[at + 1]);
    drop(at + 1);
    return true;
  }

  private void drop(int at) {
    delete(keys, size, at, NONE);
    delete(children, size, at, Leaf.EMPTY);
    size--;
  }

  @Override
  void append(byte[] low, Node right) {
    Branch branch = (Branch) right;
    int length = capacity(size + branch.size);
    keys = Arrays.copyOf(keys, length);
    children = Arrays.copyOf(children, length);
    System.arraycopy(branch.keys, 0, keys, size, branch.size);
    System.arraycopy(branch.children, 0, children, size, branch.size);
    keys[size] = low;
    size += branch.size;
  }

  @Override
  Leaf end(boolean right) {
    return children[right ? size - 1 : 0].end(right);
  }
}
