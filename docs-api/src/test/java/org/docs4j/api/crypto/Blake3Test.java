package org.docs4j.api.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Blake3Test {
  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Lengths around blocks, chunks, groups and powers of two of them. */
  static IntStream lengths() {
    IntStream around = IntStream.of(0, 64, 128, 1024, 2048, 3072, 4096, 5120, 7168, 8192, 16384, 17408, 32768, 49152, 65536, 131072)
        .flatMap(middle -> IntStream.rangeClosed(Math.max(0, middle - 1), middle + 1));
    return IntStream.concat(around, IntStream.of(3, 31, 1500, 10_000, 31_744, 99_999, 500_000)).distinct();
  }

  @Test
  void hash_valuesOfVectors_match() {
    assertArrayEquals(Vectors.bytes("blake3", "empty"), Blake3.hash(new byte[0]));
    assertArrayEquals(Vectors.bytes("blake3", "world"), Blake3.hash("world".getBytes(US_ASCII)));
    assertArrayEquals(Vectors.bytes("blake3", "pattern_1025"), Blake3.hash(pattern(1025)));
  }

  @Test
  void hash_blobsOfVectors_haveTheirRoots() {
    assertEquals(10, Vectors.list("bao", "blobs").size());
    for (Object blob : Vectors.list("bao", "blobs")) {
      int size = Integer.parseInt(Vectors.within(blob, "size").toString());
      assertEquals(Vectors.within(blob, "root"), HexFormat.of().formatHex(Blake3.hash(pattern(size))), "size " + size);
    }
  }

  @Test
  void hash_fingerprintInputsOfVectors_match() {
    for (String entry : new String[] {"entry_hello", "entry_hello2", "entry_tombstone_hel"}) {
      assertArrayEquals(Vectors.bytes(entry, "fingerprint"), Blake3.hash(Vectors.bytes(entry, "fingerprint_input")), entry);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void hash_anyLength_equalsTheReference(int length) {
    byte[] data = random(new Random(length), length);
    byte[] expected = ReferenceBlake3.hash(data);
    assertArrayEquals(expected, Blake3.hash(data));
    assertArrayEquals(expected, Blake3.create().update(data).digest());
    byte[] framed = new byte[length + 7];
    System.arraycopy(data, 0, framed, 3, length);
    assertArrayEquals(expected, Blake3.hash(framed, 3, length));
  }

  @Test
  void update_randomPieces_equalOneShot() {
    Random random = new Random(11);
    Blake3 hasher = Blake3.create();
    for (int round = 0; round < 300; round++) {
      byte[] data = random(random, random.nextInt(1 << random.nextInt(18)));
      hasher.reset();
      int at = 0;
      while (at < data.length) {
        int piece = Math.min(data.length - at, random.nextInt(1 << random.nextInt(17)));
        hasher.update(data, at, piece);
        at += piece;
      }
      assertArrayEquals(Blake3.hash(data), hasher.digest(), "round " + round + ", length " + data.length);
    }
  }

  @Test
  void digest_betweenUpdates_isTheHashSoFarAndDisturbsNothing() {
    byte[] data = random(new Random(12), 40_000);
    Blake3 hasher = Blake3.create();
    for (int at = 0; at < data.length; at += 500) {
      assertArrayEquals(Blake3.hash(data, 0, at), hasher.digest(), "at " + at);
      assertArrayEquals(hasher.digest(), hasher.digest());
      hasher.update(data, at, 500);
    }
    assertArrayEquals(Blake3.hash(data), hasher.digest());
  }

  @Test
  void update_buffersOfAllKinds_equalOneShotAndAreConsumed() {
    byte[] data = random(new Random(13), 50_000);
    ByteBuffer direct = ByteBuffer.allocateDirect(60_000).position(5_000);
    direct.put(data).flip().position(5_000);
    ByteBuffer slice = ByteBuffer.wrap(data, 10_000, 30_000).slice().position(100).limit(29_000);
    byte[] sliced = Arrays.copyOfRange(data, 10_100, 39_000);

    assertArrayEquals(Blake3.hash(data), Blake3.create().update(direct).digest());
    assertEquals(direct.limit(), direct.position());
    assertArrayEquals(Blake3.hash(sliced), Blake3.create().update(slice.duplicate().asReadOnlyBuffer()).digest());
    assertArrayEquals(Blake3.hash(sliced), Blake3.create().update(slice).digest());
    assertFalse(slice.hasRemaining());
  }

  @Test
  void update_arrayReusedByCaller_doesNotMatter() {
    byte[] data = random(new Random(14), 100);
    byte[] expected = Blake3.hash(data);
    Blake3 hasher = Blake3.create().update(data);
    Arrays.fill(data, (byte) 0);
    assertArrayEquals(expected, hasher.digest());
  }

  @Test
  void update_rangeOutsideTheArray_isRefusedAndChangesNothing() {
    Blake3 hasher = Blake3.create().update(new byte[] {1});
    byte[] before = hasher.digest();
    assertThrows(IndexOutOfBoundsException.class, () -> hasher.update(new byte[10], 5, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> hasher.update(new byte[10], -1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> hasher.update(new byte[10], 2, -1));
    assertArrayEquals(before, hasher.digest());
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void subtree_notRoot_equalsTheReference(int length) {
    byte[] data = random(new Random(length), length);
    for (long counter : new long[] {0, 16, 1L << 31, 1L << 52}) {
      assertArrayEquals(
          ReferenceBlake3.node(data, counter, false), Blake3.subtree(data, 0, length, counter, false), "counter " + counter);
    }
  }

  @Test
  void parent_ofTwoSubtrees_isTheRoot() {
    byte[] data = pattern(100_000);
    byte[] left = Blake3.subtree(data, 0, 65_536, 0, false);
    byte[] right = Blake3.subtree(data, 65_536, 34_464, 64, false);
    assertArrayEquals(Blake3.hash(data), Blake3.parent(left, right, true));
    assertArrayEquals(Blake3.subtree(data, 0, 100_000, 0, false), Blake3.parent(left, right, false));
  }

  @Test
  void parent_ofPartialBlobOfVectors_isTheRoot() {
    byte[] partial = Vectors.bytes("bao", "partial_3000_chunk_0_1", "hex");
    byte[] left = Arrays.copyOfRange(partial, 8, 40);
    byte[] right = Arrays.copyOfRange(partial, 40, 72);
    assertArrayEquals(Vectors.bytes("bao", "partial_3000_chunk_0_1", "root"), Blake3.parent(left, right, true));
    assertArrayEquals(left, Blake3.parent(Arrays.copyOfRange(partial, 72, 104), Arrays.copyOfRange(partial, 104, 136), false));
    assertArrayEquals(Arrays.copyOfRange(partial, 72, 104), Blake3.subtree(partial, 136, 1024, 0, false));
  }

  @Test
  void subtree_impossibleArguments_areRefused() {
    byte[] data = new byte[10];
    assertThrows(IndexOutOfBoundsException.class, () -> Blake3.subtree(data, 0, 11, 0, false));
    assertThrows(IllegalArgumentException.class, () -> Blake3.subtree(data, 0, 10, -1, false));
    assertThrows(IllegalArgumentException.class, () -> Blake3.subtree(data, 0, 10, 1, true));
    assertThrows(IllegalArgumentException.class, () -> Blake3.parent(new byte[31], new byte[32], false));
    assertThrows(IllegalArgumentException.class, () -> Blake3.parent(new byte[32], new byte[33], false));
  }
}
