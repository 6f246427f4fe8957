package org.docs4j.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
  private static final long SEED = 20_260_101;

  @Test
  void with_ascendingKeys_staysBalanced() {
    Tree tree = Tree.EMPTY;
    for (int i = 0; i < 2000; i++) {
      tree = tree.with(key(i), key(i));
    }
    assertEquals(2000, tree.size());
    assertTrue(tree.valid());
    for (int i = 0; i < 1990; i++) {
      tree = tree.without(key(i));
    }
    assertEquals(10, tree.size());
    assertTrue(tree.valid());
  }

  @Test
  void without_absentKey_isTheSameTree() {
    Tree tree = Tree.EMPTY.with(key(1), key(1)).with(key(3), key(3));
    assertSame(tree, tree.without(key(2)));
    assertSame(Tree.EMPTY, Tree.EMPTY.without(key(2)));
  }

  @Test
  void with_anOlderTree_staysAsItWas() {
    Tree before = Tree.EMPTY.with(key(1), key(1)).with(key(2), key(2));
    Tree after = before.with(key(1), key(9)).without(key(2)).with(key(3), key(3));
    assertArrayEquals(key(1), before.find(key(1)).value());
    assertArrayEquals(key(2), before.find(key(2)).value());
    assertTrue(before.find(key(3)).isEmpty());
    assertArrayEquals(key(9), after.find(key(1)).value());
  }

  @Test
  void when_keysComeAndGoAtRandom_then_itAnswersLikeATreeMap() {
    Random random = new Random(SEED);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    Tree tree = Tree.EMPTY;
    for (int step = 0; step < 20_000; step++) {
      byte[] key = key(random.nextInt(700));
      if (random.nextInt(5) < (step < 10_000 ? 3 : 1)) {
        tree = tree.with(key, key(step));
        model.put(key, key(step));
      } else {
        tree = tree.without(key);
        model.remove(key);
      }
      byte[] probe = key(random.nextInt(700));
      same(model.ceilingEntry(probe), tree.ceiling(probe), step);
      same(model.floorEntry(probe), tree.floor(probe), step);
      same(model.higherEntry(probe), tree.higher(probe), step);
      same(model.lowerEntry(probe), tree.lower(probe), step);
      same(model.lastEntry(), tree.last(), step);
      if (step % 1000 == 0) {
        assertTrue(tree.valid(), "at step " + step + " of seed " + SEED);
        assertEquals(model.size(), tree.size());
      }
    }
  }

  private static void same(Map.Entry<byte[], byte[]> expected, Tree node, int step) {
    String where = "at step " + step + " of seed " + SEED;
    assertEquals(expected == null, node.isEmpty(), where);
    if (expected != null) {
      assertArrayEquals(expected.getKey(), node.key(), where);
      assertArrayEquals(expected.getValue(), node.value(), where);
    }
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
