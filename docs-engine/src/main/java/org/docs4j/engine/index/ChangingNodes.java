package org.docs4j.engine.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes of one tree in the write transaction: all that were changed are kept until they are stored together. */
final class ChangingNodes extends Nodes {
  private final NodeRows.Writable rows;
  private final Map<Long, Node> changed = new HashMap<>();
  private long next;

  ChangingNodes(NodeRows.Writable rows) {
    super(rows);
    this.rows = rows;
  }

  @Override
  Optional<Node> find(long number) {
    @Nullable Node node = changed.get(number);
    return node != null ? Optional.of(node) : super.find(number);
  }

  /** Notes that a node differs from its row. */
  void change(Node node) {
    if (!node.changed) {
      node.changed = true;
      changed.put(node.number, node);
      forget(node);
    }
  }

  Node create(int level) {
    Node node = new Node(number(), level);
    change(node);
    return node;
  }

  void remove(Node node) {
    node.changed = false;
    changed.remove(node.number);
    forget(node);
    rows.delete(node.number);
  }

  /** Keeps a separator, in a row of its own if it is long. */
  Separator separator(byte[] bytes) {
    if (bytes.length < Separator.MAX_HEAD) {
      return new Separator(bytes, Separator.COMPLETE);
    }
    long number = number();
    rows.store(number, bytes);
    return new Separator(Arrays.copyOf(bytes, Separator.MAX_HEAD), number);
  }

  void remove(Separator separator) {
    if (separator.number() != Separator.COMPLETE) {
      rows.delete(separator.number());
    }
  }

  /** Stores every changed node, in the order of their rows. */
  void flush() {
    for (Node node : new TreeMap<>(changed).values()) {
      node.changed = false;
      if (node.slots.isEmpty()) {
        rows.delete(node.number);
      } else {
        rows.store(node.number, NodeCodec.encode(node));
        keep(node);
      }
    }
    changed.clear();
  }

  private long number() {
    if (next == 0) {
      next = Math.max(rows.last(), Node.ROOT) + 1;
    }
    return next++;
  }
}
