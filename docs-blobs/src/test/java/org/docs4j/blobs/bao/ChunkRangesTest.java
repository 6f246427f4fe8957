package org.docs4j.blobs.bao;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.docs4j.blobs.bao.ChunkRanges.Selection;
import org.junit.jupiter.api.Test;

class ChunkRangesTest {
  @Test
  void of_boundariesThatDoNotAscend_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> ChunkRanges.of(1, 1));
    assertThrows(IllegalArgumentException.class, () -> ChunkRanges.of(-1, 1));
  }

  @Test
  void within_rangesBeyondTheEnd_becomeTheLastChunk() {
    BaoTree tenChunks = new BaoTree(10 * 1024);
    assertEquals(ChunkRanges.from(9), ChunkRanges.from(-1).within(tenChunks));
    assertEquals(ChunkRanges.from(9), ChunkRanges.of(50, 60).within(tenChunks));
    assertEquals(ChunkRanges.of(2, 4, 9), ChunkRanges.of(2, 4, 70, 80).within(tenChunks));
    assertEquals(ChunkRanges.from(2), ChunkRanges.of(2, 9, 70, 80).within(tenChunks));
    assertEquals(ChunkRanges.of(2, 9), ChunkRanges.of(2, 9).within(tenChunks));
    assertEquals(ChunkRanges.from(2), ChunkRanges.of(2, 10, 70, 80).within(tenChunks));
    assertEquals(ChunkRanges.none(), ChunkRanges.none().within(tenChunks));
    assertEquals(ChunkRanges.all(), ChunkRanges.from(17).within(new BaoTree(0)));
  }

  @Test
  void selection_ofSpans_isExact() {
    ChunkRanges ranges = ChunkRanges.of(2, 5, 9);
    assertEquals(Selection.NONE, ranges.selection(0, 2));
    assertEquals(Selection.PART, ranges.selection(0, 3));
    assertEquals(Selection.ALL, ranges.selection(2, 5));
    assertEquals(Selection.NONE, ranges.selection(5, 9));
    assertEquals(Selection.PART, ranges.selection(4, 10));
    assertEquals(Selection.ALL, ranges.selection(9, 1L << 40));
  }

  @Test
  void parentIndex_ofAParentThatIsNotThere_isRefused() {
    BaoTree tree = new BaoTree(5 * BaoTree.GROUP_BYTES);
    assertEquals(0, tree.parentIndex(0, 5));
    assertEquals(3, tree.parentIndex(2, 2));
    assertThrows(IllegalArgumentException.class, () -> tree.parentIndex(3, 2));
    assertEquals(4 * 64, tree.outboardBytes());
  }
}
