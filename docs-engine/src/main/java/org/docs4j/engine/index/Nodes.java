package org.docs4j.engine.index;

import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.jspecify.annotations.Nullable;

/** The nodes of one tree, of which the last ones that were used are kept in memory. */
class Nodes {
  private static final int KEPT = 64;

  private final NodeRows rows;
  private final Map<Long, Node> kept = new Recent<>(KEPT);

  Nodes(NodeRows rows) {
    this.rows = rows;
  }

  final NodeRows rows() {
    return rows;
  }

  /** The root; without slots if the tree is empty. */
  final Node root() {
    return find(Node.ROOT).orElseGet(() -> new Node(Node.ROOT, 0));
  }

  /** The node that a slot of another one leads to. */
  final Node below(Node parent, Slot slot) {
    Node node =
        find(slot.child).orElseThrow(() -> new StoreCorruptedException("a node of the range index is missing"));
    if (node.level != parent.level - 1) {
      throw new StoreCorruptedException("a node of the range index stands on the wrong level");
    }
    return node;
  }

  Optional<Node> find(long number) {
    @Nullable Node node = kept.get(number);
    if (node != null) {
      return Optional.of(node);
    }
    Optional<Node> loaded = rows.load(number).map(row -> NodeCodec.decode(number, row));
    loaded.ifPresent(this::keep);
    return loaded;
  }

  final void keep(Node node) {
    kept.put(node.number, node);
  }

  final void forget(Node node) {
    kept.remove(node.number);
  }
}
