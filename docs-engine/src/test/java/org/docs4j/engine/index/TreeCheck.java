package org.docs4j.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.docs4j.api.model.Bytes32;

/** Looks at every stored node of a tree and checks all that the tree promises of itself. */
final class TreeCheck {
  private final MapRows rows;
  private final Nodes nodes;
  private final Set<Long> seen = new HashSet<>();
  private final List<Slot> buckets = new ArrayList<>();
  private int levels;

  private TreeCheck(MapRows rows) {
    this.rows = rows;
    this.nodes = new Nodes(rows);
  }

  /** Checks a tree that was flushed; returns how many levels it has. */
  static int check(MapRows rows) {
    TreeCheck check = new TreeCheck(rows);
    Node root = check.nodes.root();
    check.levels = root.level + 1;
    if (!root.slots.isEmpty()) {
      check.node(root, new byte[0], List.of());
    }
    assertEquals(check.seen, rows.rows.keySet(), "every row belongs to the tree");
    assertEquals(rows.records.size(), check.buckets.stream().mapToLong(slot -> slot.count).sum());
    return check.levels;
  }

  /** How many buckets the records of a tree are in. */
  static int buckets(MapRows rows) {
    TreeCheck check = new TreeCheck(rows);
    check.node(check.nodes.root(), new byte[0], List.of());
    return check.buckets.size();
  }

  private void node(Node node, byte[] low, List<byte[]> high) {
    assertTrue(seen.add(node.number), "a node has one place");
    byte[] row = rows.rows.get(node.number);
    assertTrue(row.length <= NodeCodec.MAX_BYTES, () -> "a node of " + row.length + " bytes");
    byte[] from = low;
    for (int i = 0; i < node.slots.size(); i++) {
      List<byte[]> to = i + 1 < node.slots.size() ? List.of(bytes(node.slots.get(i + 1).low)) : high;
      slot(node, node.slots.get(i), from, to);
      from = to.isEmpty() ? from : to.get(0);
    }
  }

  private byte[] bytes(Separator separator) {
    if (separator.number() != Separator.COMPLETE) {
      assertTrue(seen.add(separator.number()), "a separator has one place");
    }
    return separator.bytes(rows);
  }

  private void slot(Node node, Slot slot, byte[] low, List<byte[]> high) {
    if (!high.isEmpty()) {
      assertTrue(Arrays.compareUnsigned(low, high.get(0)) < 0, "separators ascend");
    }
    SortedMap<byte[], Mark> tail = rows.records.tailMap(low);
    SortedMap<byte[], Mark> part = high.isEmpty() ? tail : tail.headMap(high.get(0));
    Collection<Mark> marks = part.values();
    assertEquals(marks.size(), slot.count);
    assertEquals(marks.stream().map(m -> m.fingerprint().bytes()).reduce(Bytes32.ZERO, Bytes32::xor), slot.sum);
    marks.forEach(mark -> assertTrue(slot.oldest().compareTo(mark.version()) <= 0, "nothing is older"));
    if (node.isLeaf()) {
      assertEquals(part.keySet().stream().mapToLong(id -> id.length).sum(), slot.weight);
      assertTrue(slot.count <= 64, () -> "a bucket of " + slot.count);
      assertTrue(slot.count > 0);
      buckets.add(slot);
    } else {
      node(nodes.below(node, slot), low, high);
    }
  }
}
