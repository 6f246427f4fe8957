package org.docs4j.engine.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the tree in shape: cuts nodes that outgrow a row, and merges those that fall below a quarter of one with a
 * neighbour if both together leave a quarter free. A way is changed from its end on, so what is above stays valid.
 */
final class NodeShape {
  private static final int FEW_BYTES = NodeCodec.MAX_BYTES / 4;
  private static final int MERGED_BYTES = NodeCodec.MAX_BYTES * 3 / 4;

  private final ChangingNodes nodes;

  NodeShape(ChangingNodes nodes) {
    this.nodes = nodes;
  }

  /** Puts a slot behind the one at which a way ends. */
  void insert(List<Step> way, Slot slot) {
    Slot added = slot;
    for (int depth = way.size() - 1; ; depth--) {
      Step step = way.get(depth);
      step.node().slots.add(step.at() + 1, added);
      if (NodeCodec.size(step.node()) <= NodeCodec.MAX_BYTES) {
        return;
      }
      if (depth == 0) {
        grow(step.node());
        return;
      }
      added = cut(step.node());
      way.get(depth - 1).slot().sumUp(step.node());
    }
  }

  /** Removes the slot at a place of a way, and what its node needs then. */
  void remove(List<Step> way, int depth) {
    Step step = way.get(depth);
    List<Slot> slots = step.node().slots;
    Slot removed = slots.remove(step.at());
    if (step.at() == 0 && !slots.isEmpty()) {
      nodes.remove(slots.get(0).low);
      slots.get(0).low = Separator.LOWEST;
    } else {
      nodes.remove(removed.low);
    }
    if (slots.isEmpty() && depth > 0) {
      nodes.remove(step.node());
      remove(way, depth - 1);
      return;
    }
    refresh(way, depth);
    shrunk(way, depth);
  }

  /** Corrects the oldest versions above a node of a way. */
  void refresh(List<Step> way, int depth) {
    for (int i = depth; i > 0; i--) {
      List<Slot> slots = way.get(i).node().slots;
      Version oldest = slots.get(0).oldest();
      for (Slot slot : slots) {
        oldest = oldest.min(slot.oldest());
      }
      way.get(i - 1).slot().oldest(oldest);
    }
  }

  /** Merges a node that has lost a slot with a neighbour, if it is small enough, and so on upwards. */
  void shrunk(List<Step> way, int from) {
    for (int depth = from; depth > 0; depth--) {
      Step step = way.get(depth);
      Step above = way.get(depth - 1);
      if (NodeCodec.size(step.node()) >= FEW_BYTES || !merge(above.node(), above.at(), step.node())) {
        return;
      }
    }
    Node root = way.get(0).node();
    while (!root.isLeaf() && root.slots.size() == 1) {
      Node only = nodes.below(root, root.slots.get(0));
      root.level = only.level;
      root.slots.clear();
      root.slots.addAll(only.slots);
      nodes.remove(only);
    }
  }

  private boolean merge(Node parent, int at, Node node) {
    if (at + 1 < parent.slots.size()) {
      Node right = nodes.below(parent, parent.slots.get(at + 1));
      if (merge(parent, at, node, right)) {
        return true;
      }
    }
    return at > 0 && merge(parent, at - 1, nodes.below(parent, parent.slots.get(at - 1)), node);
  }

  private boolean merge(Node parent, int at, Node left, Node right) {
    if (NodeCodec.size(left) + NodeCodec.size(right) > MERGED_BYTES) {
      return false;
    }
    right.slots.get(0).low = parent.slots.remove(at + 1).low;
    left.slots.addAll(right.slots);
    parent.slots.get(at).sumUp(left);
    nodes.change(left);
    nodes.remove(right);
    return true;
  }

  private void grow(Node root) {
    Node left = nodes.create(root.level);
    left.slots.addAll(root.slots);
    Slot upper = cut(left);
    root.level++;
    root.slots.clear();
    root.slots.add(Slot.of(Separator.LOWEST, left));
    root.slots.add(upper);
  }

  /** Moves the upper half of a node to a new one; returns the slot that leads to it. */
  private Slot cut(Node node) {
    int half = NodeCodec.size(node) / 2;
    int at = 0;
    int size = 0;
    while (size < half) {
      size += NodeCodec.size(node, at++);
    }
    List<Slot> upper = node.slots.subList(Math.min(at, node.slots.size() - 1), node.slots.size());
    Node right = nodes.create(node.level);
    right.slots.addAll(new ArrayList<>(upper));
    upper.clear();
    Separator low = right.slots.get(0).low;
    right.slots.get(0).low = Separator.LOWEST;
    return Slot.of(low, right);
  }
}
