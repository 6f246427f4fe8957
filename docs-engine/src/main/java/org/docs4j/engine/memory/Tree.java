package org.docs4j.engine.memory;

import java.util.Arrays;

/**
 * An immutable weight-balanced search tree of byte strings in unsigned order; a change copies the path to it and shares
 * the rest, so every older tree stays as it was.
 *
 * <p>Balance after Adams with the parameters (3, 2) that Hirai and Yamamoto proved right ("Balancing weight-balanced
 * trees", Journal of Functional Programming 21, 2011): no subtree weighs more than three times its sibling, weight
 * being size plus one. The arrays belong to the tree.
 */
final class Tree {
  static final Tree EMPTY = new Tree();

  private static final int DELTA = 3;
  private static final int GAMMA = 2;

  private final byte[] key;
  private final byte[] value;
  private final Tree left;
  private final Tree right;
  private final int size;

  private Tree() {
    key = new byte[0];
    value = key;
    left = this;
    right = this;
    size = 0;
  }

  private Tree(byte[] key, byte[] value, Tree left, Tree right) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right;
    size = left.size + right.size + 1;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  /** The tree with a value at a key, whatever was there. */
  Tree with(byte[] newKey, byte[] newValue) {
    if (isEmpty()) {
      return new Tree(newKey, newValue, EMPTY, EMPTY);
    }
    int order = Arrays.compareUnsigned(newKey, key);
    if (order == 0) {
      return new Tree(key, newValue, left, right);
    }
    return order < 0
        ? balanced(this, left.with(newKey, newValue), right)
        : balanced(this, left, right.with(newKey, newValue));
  }

  /** The tree without a key: this very tree if the key is not there. */
  Tree without(byte[] oldKey) {
    if (isEmpty()) {
      return this;
    }
    int order = Arrays.compareUnsigned(oldKey, key);
    if (order == 0) {
      return joined(left, right);
    }
    Tree branch = order < 0 ? left : right;
    Tree rest = branch.without(oldKey);
    if (rest == branch) {
      return this;
    }
    return order < 0 ? balanced(this, rest, right) : balanced(this, left, rest);
  }

  /** The node of a key, or the empty tree. */
  Tree find(byte[] wanted) {
    Tree node = this;
    while (!node.isEmpty()) {
      int order = Arrays.compareUnsigned(wanted, node.key);
      if (order == 0) {
        return node;
      }
      node = order < 0 ? node.left : node.right;
    }
    return node;
  }

  /** The node of the smallest key at or above the given one, or the empty tree. */
  Tree ceiling(byte[] from) {
    return above(from, true);
  }

  /** The node of the smallest key above the given one, or the empty tree. */
  Tree higher(byte[] from) {
    return above(from, false);
  }

  /** The node of the greatest key at or below the given one, or the empty tree. */
  Tree floor(byte[] from) {
    return below(from, true);
  }

  /** The node of the greatest key below the given one, or the empty tree. */
  Tree lower(byte[] from) {
    return below(from, false);
  }

  /** The node of the greatest key, or the empty tree. */
  Tree last() {
    Tree node = this;
    while (!node.right.isEmpty()) {
      node = node.right;
    }
    return node;
  }

  private Tree above(byte[] from, boolean orEqual) {
    Tree best = EMPTY;
    Tree node = this;
    while (!node.isEmpty()) {
      int order = Arrays.compareUnsigned(from, node.key);
      if (order == 0 && orEqual) {
        return node;
      }
      if (order < 0) {
        best = node;
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return best;
  }

  private Tree below(byte[] from, boolean orEqual) {
    Tree best = EMPTY;
    Tree node = this;
    while (!node.isEmpty()) {
      int order = Arrays.compareUnsigned(from, node.key);
      if (order == 0 && orEqual) {
        return node;
      }
      if (order > 0) {
        best = node;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return best;
  }

  private static Tree joined(Tree left, Tree right) {
    if (left.isEmpty()) {
      return right;
    }
    if (right.isEmpty()) {
      return left;
    }
    if (left.size > right.size) {
      return balanced(left.last(), left.withoutLast(), right);
    }
    return balanced(right.first(), left, right.withoutFirst());
  }

  private Tree first() {
    Tree node = this;
    while (!node.left.isEmpty()) {
      node = node.left;
    }
    return node;
  }

  private Tree withoutFirst() {
    return left.isEmpty() ? right : balanced(this, left.withoutFirst(), right);
  }

  private Tree withoutLast() {
    return right.isEmpty() ? left : balanced(this, left, right.withoutLast());
  }

  /** A node with the middle's key over two trees, one of which may have gained or lost one key since it was in balance. */
  private static Tree balanced(Tree middle, Tree left, Tree right) {
    if (tooHeavy(right, left)) {
      return right.left.weight() < GAMMA * right.right.weight()
          ? node(right, node(middle, left, right.left), right.right)
          : node(right.left, node(middle, left, right.left.left), node(right, right.left.right, right.right));
    }
    if (tooHeavy(left, right)) {
      return left.right.weight() < GAMMA * left.left.weight()
          ? node(left, left.left, node(middle, left.right, right))
          : node(left.right, node(left, left.left, left.right.left), node(middle, left.right.right, right));
    }
    return node(middle, left, right);
  }

  private static Tree node(Tree middle, Tree left, Tree right) {
    return new Tree(middle.key, middle.value, left, right);
  }

  private static boolean tooHeavy(Tree one, Tree other) {
    return one.weight() > DELTA * other.weight();
  }

  private int weight() {
    return size + 1;
  }

  /** Whether order, sizes and balance hold everywhere; for tests. */
  boolean valid() {
    if (isEmpty()) {
      return true;
    }
    boolean ordered = (left.isEmpty() || Arrays.compareUnsigned(left.last().key, key) < 0)
        && (right.isEmpty() || Arrays.compareUnsigned(key, right.first().key) < 0);
    return ordered && size == left.size + right.size + 1 && !tooHeavy(left, right) && !tooHeavy(right, left)
        && left.valid() && right.valid();
  }
}
