package org.docs4j.blobs.bao;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.TestContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaoDecoderTest {
  private static final int SIZE = 100_000;
  private static final byte[] CONTENT = TestContent.ofSize(SIZE);
  private static final Hash HASH = BaoCodec.outboard(CONTENT).hash();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 16_384, 16_385, 32_768, 49_153, 1_000_003})
  void decode_anySize_givesContentAndOutboardBack(int size) {
    byte[] content = TestContent.ofSize(size);
    BaoCodec.Encoded encoded = BaoCodec.outboard(content);
    assertEquals(Hash.ofContent(content), encoded.hash());
    BaoDecoder decoder = new BaoDecoder(encoded.hash(), ChunkRanges.all());
    BaoCodec.Decoded decoded = BaoCodec.decode(decoder, BaoCodec.encode(content, ChunkRanges.all()), 7000);
    assertTrue(decoder.isDone());
    assertTrue(decoder.sizeProven());
    assertArrayEquals(content, decoded.content());
    for (int i = 0; i < encoded.outboard().length / 64; i++) {
      assertArrayEquals(Arrays.copyOfRange(encoded.outboard(), 64 * i, 64 * i + 64), decoded.parents.get((long) i));
    }
  }

  @Test
  void feed_anyOneByteChanged_isFoundBeforeItIsPassedOn() {
    byte[] response = BaoCodec.encode(CONTENT, ChunkRanges.all());
    for (int at = 0; at < response.length; at += 97) {
      byte[] wrong = response.clone();
      wrong[at] ^= 1;
      BaoDecoder decoder = new BaoDecoder(HASH, ChunkRanges.all());
      BaoCodec.Decoded decoded = new BaoCodec.Decoded();
      boolean refused = false;
      try {
        decoder.feed(ByteBuffer.wrap(wrong), decoded);
      } catch (ContentMismatchException e) {
        refused = true;
      }
      // A wrong size is found at the first group it touches, at the latest by data that is missing in the end.
      assertTrue(refused || !decoder.isDone(), "byte " + at);
      decoded.leaves.forEach(
          (offset, leaf) ->
              assertArrayEquals(Arrays.copyOfRange(CONTENT, offset.intValue(), offset.intValue() + leaf.length), leaf));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 16_384, 50_000, 99_328, 99_999, 100_001, 200_000, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void feed_wrongSizeClaimed_isNeverProven(long claim) {
    // Some bytes more, for a claim that is a little too large.
    byte[] response = Arrays.copyOf(BaoCodec.encode(CONTENT, ChunkRanges.all()), SIZE + 2000);
    ByteBuffer.wrap(response).order(ByteOrder.LITTLE_ENDIAN).putLong(claim);
    BaoDecoder decoder = new BaoDecoder(HASH, ChunkRanges.all());
    BaoCodec.Decoded decoded = new BaoCodec.Decoded();
    assertThrows(ContentMismatchException.class, () -> decoder.feed(ByteBuffer.wrap(response), decoded));
    assertFalse(decoder.isDone());
    assertFalse(decoder.sizeProven());
    decoded.leaves.forEach(
        (offset, leaf) ->
            assertArrayEquals(Arrays.copyOfRange(CONTENT, offset.intValue(), offset.intValue() + leaf.length), leaf));
  }

  @Test
  void feed_moreThanTheResponse_leavesTheRest() {
    byte[] response = BaoCodec.encode(CONTENT, ChunkRanges.all());
    ByteBuffer input = ByteBuffer.allocate(response.length + 5).put(response).putInt(7).put((byte) 1).flip();
    BaoDecoder decoder = new BaoDecoder(HASH, ChunkRanges.all());
    decoder.feed(input, new BaoCodec.Decoded());
    assertTrue(decoder.isDone());
    assertEquals(5, input.remaining());
  }

  @Test
  void feed_directBuffer_isDecodedToo() {
    byte[] response = BaoCodec.encode(CONTENT, ChunkRanges.all());
    BaoDecoder decoder = new BaoDecoder(HASH, ChunkRanges.all());
    BaoCodec.Decoded decoded = new BaoCodec.Decoded();
    decoder.feed(ByteBuffer.allocateDirect(response.length).put(response).flip(), decoded);
    assertArrayEquals(CONTENT, decoded.content());
  }

  @Test
  void hasBegun_nothingArrived_isFalse() {
    BaoDecoder decoder = new BaoDecoder(HASH, ChunkRanges.all());
    assertFalse(decoder.hasBegun());
    decoder.feed(ByteBuffer.wrap(new byte[] {1}), new BaoCodec.Decoded());
    assertTrue(decoder.hasBegun());
  }

  /** So often that it is compiled by the optimizing compiler, too. */
  @Test
  void decode_randomRanges_yieldsExactlyTheSelectedChunks() {
    Random random = new Random(20_261_124);
    for (int round = 0; round < 1000; round++) {
      int size = random.nextInt(150_000);
      byte[] content = TestContent.ofSize(size);
      BaoTree tree = new BaoTree(size);
      TreeSet<Long> boundaries = new TreeSet<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        boundaries.add((long) random.nextInt((int) tree.chunks() + 4));
      }
      ChunkRanges ranges = ChunkRanges.of(boundaries.stream().mapToLong(Long::longValue).toArray());
      BaoDecoder decoder = new BaoDecoder(BaoCodec.outboard(content).hash(), ranges);
      BaoCodec.Decoded decoded = BaoCodec.decode(decoder, BaoCodec.encode(content, ranges), 1 + random.nextInt(30_000));
      assertTrue(decoder.isDone(), "size " + size + " ranges " + ranges);
      checkSelected(content, tree, boundaries, decoded);
    }
  }

  private static void checkSelected(byte[] content, BaoTree tree, NavigableSet<Long> boundaries, BaoCodec.Decoded decoded) {
    TreeSet<Long> expected = new TreeSet<>();
    for (long chunk = 0; chunk < tree.chunks() + 5; chunk++) {
      if (boundaries.headSet(chunk, true).size() % 2 == 1) {
        expected.add(Math.min(chunk, tree.chunks() - 1));
      }
    }
    TreeSet<Long> actual = new TreeSet<>();
    decoded.leaves.forEach(
        (offset, leaf) -> {
          assertArrayEquals(Arrays.copyOfRange(content, offset.intValue(), offset.intValue() + leaf.length), leaf);
          for (long chunk = offset >> 10; chunk << 10 < offset + Math.max(1, leaf.length); chunk++) {
            actual.add(chunk);
          }
        });
    assertEquals(expected, actual, "size " + content.length + " boundaries " + boundaries);
  }
}
