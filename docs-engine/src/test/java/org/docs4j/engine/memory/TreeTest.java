package org.docs4j.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
  private final Object transaction = new Object();

  @Test
  void with_ascendingKeys_fillsTheNodes() {
    Node root = Leaf.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      root = Tree.with(root, key(i), key(i), transaction);
    }
    assertEquals(20_000, check(root));
    assertEquals(3, depth(root));
    assertTrue(leaves(root) <= 20_000 / Node.MAX + 1, "leaves are full");
    for (int i = 0; i < 19_990; i++) {
      root = Tree.without(root, key(i), transaction);
    }
    assertEquals(10, check(root));
    assertEquals(1, depth(root));
  }

  @Test
  void without_lastKey_isEmpty() {
    Node root = Tree.with(Leaf.EMPTY, key(1), key(1), transaction);
    assertSame(Leaf.EMPTY, Tree.without(root, key(1), transaction));
    assertEquals(0, Leaf.EMPTY.size);
    assertEquals(Optional.empty(), Tree.last(Leaf.EMPTY));
    assertEquals(Optional.empty(), Tree.above(Leaf.EMPTY, key(1), true));
    assertEquals(Optional.empty(), Tree.below(Leaf.EMPTY, key(1), true));
  }

  @Test
  void without_fewKeysLeft_nodesAreMerged() {
    Node root = Leaf.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      root = Tree.with(root, key(i * 7919 % 20_000), key(i), transaction);
    }
    for (int i = 0; i < 20_000; i++) {
      root = i % 20 == 0 ? root : Tree.without(root, key(i), transaction);
    }
    assertEquals(1000, check(root));
    int leaves = leaves(root);
    assertTrue(leaves <= 1000 / (Node.MAX / 4) + 1, () -> leaves + " leaves");
  }

  @Test
  void when_transactionsComeAndGoAtRandom_then_everyRootAnswersLikeATreeMapOfItsTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    List<Node> roots = new ArrayList<>();
    List<TreeMap<byte[], byte[]>> models = new ArrayList<>();
    Node root = Leaf.EMPTY;
    for (int round = 0; round < 60; round++) {
      Object writer = new Object();
      boolean growing = random.nextInt(3) != 0;
      for (int i = random.nextInt(400); i >= 0; i--) {
        byte[] key = key(random.nextInt(3000));
        if (random.nextInt(10) < (growing ? 8 : 2)) {
          root = Tree.with(root, key, key(i), writer);
          model.put(key, key(i));
        } else if (model.remove(key) != null) {
          root = Tree.without(root, key, writer);
        }
      }
      roots.add(root);
      models.add(new TreeMap<>(model));
      int old = random.nextInt(roots.size());
      compare(random, models.get(old), roots.get(old), "seed " + seed + " round " + round);
      compare(random, model, root, "seed " + seed + " round " + round);
    }
  }

  private static void compare(Random random, NavigableMap<byte[], byte[]> model, Node root, String where) {
    assertEquals(model.size(), check(root), where);
    for (int i = 0; i < 50; i++) {
      byte[] probe = key(random.nextInt(3000));
      same(model.ceilingEntry(probe), Tree.above(root, probe, true), where);
      same(model.floorEntry(probe), Tree.below(root, probe, true), where);
      same(model.higherEntry(probe), Tree.above(root, probe, false), where);
      same(model.lowerEntry(probe), Tree.below(root, probe, false), where);
      assertEquals(model.containsKey(probe), Tree.find(root, probe).isPresent(), where);
    }
    same(model.lastEntry(), Tree.last(root), where);
  }

  private static void same(Map.Entry<byte[], byte[]> expected, Optional<Tree.Place> place, String where) {
    assertEquals(expected == null, place.isEmpty(), where);
    if (expected != null) {
      assertArrayEquals(expected.getKey(), place.get().key(), where);
      assertArrayEquals(expected.getValue(), place.get().value(), where);
    }
  }

  /** Checks that every node is in order and within bounds; returns how many entries there are. */
  private static int check(Node root) {
    return check(root, new byte[0], Optional.empty(), depth(root));
  }

  private static int check(Node node, byte[] low, Optional<byte[]> high, int depth) {
    assertTrue(node.size <= Node.MAX);
    if (node instanceof Leaf leaf) {
      assertEquals(1, depth, "all leaves are equally deep");
      for (int i = 0; i < leaf.size; i++) {
        byte[] key = leaf.keys[i];
        assertTrue(Arrays.compareUnsigned(i == 0 ? low : leaf.keys[i - 1], key) < (i == 0 ? 1 : 0));
        assertTrue(high.isEmpty() || Arrays.compareUnsigned(key, high.get()) < 0);
      }
      return leaf.size;
    }
    Branch branch = (Branch) node;
    int count = 0;
    for (int i = 0; i < branch.size; i++) {
      assertTrue(branch.children[i].size > 0);
      byte[] from = i == 0 ? low : branch.keys[i];
      count += check(branch.children[i], from, i + 1 < branch.size ? Optional.of(branch.keys[i + 1]) : high, depth - 1);
    }
    return count;
  }

  private static int depth(Node node) {
    return node instanceof Branch branch ? 1 + depth(branch.children[0]) : 1;
  }

  private static int leaves(Node node) {
    int leaves = node instanceof Leaf ? 1 : 0;
    if (node instanceof Branch branch) {
      for (int i = 0; i < branch.size; i++) {
        leaves += leaves(branch.children[i]);
      }
    }
    return leaves;
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
