package org.docs4j.engine.memory;

import java.util.Optional;

/** What can be asked of a tree and done with it, by its root; see {@link Node}. */
final class Tree {
  private Tree() {}

  /** An entry of a leaf. It is valid until the transaction that owns the leaf changes it. */
  record Place(Leaf leaf, int at) {
    byte[] key() {
      return leaf.keys[at];
    }

    byte[] value() {
      return leaf.values[at];
    }

    /** The next greater entry, if it is in the same leaf. */
    Optional<Place> next() {
      return at + 1 < leaf.size ? Optional.of(new Place(leaf, at + 1)) : Optional.empty();
    }

    /** The next smaller entry, if it is in the same leaf. */
    Optional<Place> previous() {
      return at > 0 ? Optional.of(new Place(leaf, at - 1)) : Optional.empty();
    }
  }

  /** The root of the tree with a value at a key, whatever was there. */
  static Node with(Node root, byte[] key, byte[] value, Object transaction) {
    Node owned = root.owned(transaction);
    return owned.put(key, value, transaction).<Node>map(cut -> Branch.over(owned, cut, transaction)).orElse(owned);
  }

  /** The root of the tree without a key that is there. */
  static Node without(Node root, byte[] key, Object transaction) {
    Node owned = root.owned(transaction);
    owned.remove(key, transaction);
    while (owned instanceof Branch branch && branch.size == 1) {
      owned = branch.children[0];
    }
    return owned.size == 0 ? Leaf.EMPTY : owned;
  }

  /** The entry of a key. */
  static Optional<Place> find(Node root, byte[] key) {
    Node node = root;
    while (node instanceof Branch branch) {
      node = branch.children[branch.child(key)];
    }
    int at = node.ceiling(key, 0);
    return node.isAt(at, key) ? Optional.of(new Place((Leaf) node, at)) : Optional.empty();
  }

  /** The entry of the smallest key above the given one, or at it if that counts. */
  static Optional<Place> above(Node root, byte[] key, boolean orEqual) {
    Node node = root;
    Node behind = Leaf.EMPTY;
    while (node instanceof Branch branch) {
      int at = branch.child(key);
      behind = at + 1 < branch.size ? branch.children[at + 1] : behind;
      node = branch.children[at];
    }
    int at = node.ceiling(key, 0);
    at += !orEqual && node.isAt(at, key) ? 1 : 0;
    return at < node.size ? Optional.of(new Place((Leaf) node, at)) : first(behind);
  }

  /** The entry of the greatest key below the given one, or at it if that counts. */
  static Optional<Place> below(Node root, byte[] key, boolean orEqual) {
    Node node = root;
    Node before = Leaf.EMPTY;
    while (node instanceof Branch branch) {
      int at = branch.child(key);
      before = at > 0 ? branch.children[at - 1] : before;
      node = branch.children[at];
    }
    int at = node.ceiling(key, 0);
    at -= orEqual && node.isAt(at, key) ? 0 : 1;
    return at >= 0 && node.size > 0 ? Optional.of(new Place((Leaf) node, at)) : last(before);
  }

  private static Optional<Place> first(Node node) {
    Leaf leaf = node.end(false);
    return leaf.size == 0 ? Optional.empty() : Optional.of(new Place(leaf, 0));
  }

  /** The entry of the greatest key. */
  static Optional<Place> last(Node root) {
    Leaf leaf = root.end(true);
    return leaf.size == 0 ? Optional.empty() : Optional.of(new Place(leaf, leaf.size - 1));
  }
}
