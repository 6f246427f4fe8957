package org.docs4j.blobs.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.wire.Hex;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.RangeSpecSeq;
import org.docs4j.blobs.bao.RangeSpecSeq.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCodecTest {
  private static final Map<String, String> VECTORS =
      TestContent.lines("requests.txt").stream().collect(Collectors.toMap(words -> words.get(0), words -> words.get(1)));
  private static final Hash HASH = Hash.parse(VECTORS.get("hash"));

  private static void checkBoth(String name, BlobRequest request) {
    byte[] bytes = Hex.decode(VECTORS.get(name));
    assertEquals(Hex.encode(bytes), Hex.encode(RequestCodec.encode(request)));
    assertEquals(request, RequestCodec.decode(bytes));
  }

  @Test
  void encode_vectors_areReproduced() {
    RangeSpecSeq everything = new RangeSpecSeq(List.of(new Part(0, ChunkRanges.all())));
    checkBoth("get_blob_all", new BlobRequest.Get(HASH, RangeSpecSeq.blob()));
    checkBoth("get_all_hashseq", new BlobRequest.Get(HASH, everything));
    checkBoth("get_blob_chunks_0_10", new BlobRequest.Get(HASH, RangeSpecSeq.single(ChunkRanges.of(0, 10))));
    checkBoth("get_verified_size", new BlobRequest.Get(HASH, RangeSpecSeq.single(ChunkRanges.from(-1))));
    checkBoth("observe_ge_0_90", new BlobRequest.Observe(HASH, ChunkRanges.all()));
    checkBoth("push_header_ge_0_90", new BlobRequest.Push(HASH, RangeSpecSeq.blob()));
    checkBoth(
        "get_many_two_ge_0_90",
        new BlobRequest.GetMany(
            List.of(HASH, Hash.EMPTY),
            new RangeSpecSeq(List.of(new Part(0, ChunkRanges.all()), new Part(2, ChunkRanges.none())))));
    RangeSpecSeq golden =
        new RangeSpecSeq(
            List.of(
                new Part(0, ChunkRanges.of(1, 3)),
                new Part(1, ChunkRanges.of(7, 13)),
                new Part(2, ChunkRanges.none())));
    String bytes = Hex.encode(RequestCodec.encode(new BlobRequest.Get(HASH, golden)));
    assertEquals("00" + HASH + VECTORS.get("golden_seq_[1..3],[7..13]"), bytes);
  }

  @Test
  void encode_rangeSpecVectors_areReproduced() {
    Map<String, ChunkRanges> specs =
        Map.of(
            "empty", ChunkRanges.none(),
            "all", ChunkRanges.all(),
            "64..", ChunkRanges.from(64),
            "10000..", ChunkRanges.from(10_000),
            "..64", ChunkRanges.of(0, 64),
            "1..3|9..13", ChunkRanges.of(1, 3, 9, 13));
    specs.forEach(
        (name, ranges) -> {
          BlobRequest request = new BlobRequest.Observe(HASH, ranges);
          assertEquals("01" + HASH + VECTORS.get("spec:" + name), Hex.encode(RequestCodec.encode(request)));
          assertEquals(request, RequestCodec.decode(RequestCodec.encode(request)));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100010000", // a width of zero after the first
        "0100020500", // the same
        "01000205ffffffffffffffffff01", // the sum overflows
        "010000", // the first spec is empty, as nothing before it was
        "020001000001000000", // something left over
        "02000100010100", // a spec that repeats its predecessor
        "0200010000020a0a", // a delta of zero after the first
        "03000100ffffffffffffffffff010001010100", // the offsets overflow
      })
  void decode_notCanonical_isRefused(String sequence) {
    byte[] bytes = Hex.decode("00" + HASH + sequence);
    assertThrows(MalformedMessageException.class, () -> RequestCodec.decode(bytes));
  }

  @Test
  void decode_everyPrefixAndManyMutations_failTypedOrReencode() {
    Random random = new Random(7);
    for (String name : List.of("get_blob_all", "get_blob_chunks_0_10", "get_many_two_ge_0_90", "push_header_ge_0_90")) {
      byte[] bytes = Hex.decode(VECTORS.get(name));
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThrows(MalformedMessageException.class, () -> RequestCodec.decode(cut));
      }
      for (int round = 0; round < 2000; round++) {
        byte[] wrong = bytes.clone();
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
        checkDecoded(wrong);
      }
    }
  }

  private static void checkDecoded(byte[] bytes) {
    BlobRequest decoded;
    try {
      decoded = RequestCodec.decode(bytes);
    } catch (MalformedMessageException e) {
      assertTrue(!e.getMessage().isEmpty());
      return;
    }
    assertEquals(decoded, RequestCodec.decode(RequestCodec.encode(decoded)));
  }

  @Test
  void decode_moreRangesThanAllowed_isRefused() {
    long[] boundaries = Stream.iterate(0L, i -> i + 1).limit(RequestCodec.MAX_RANGES + 1).mapToLong(i -> i).toArray();
    byte[] bytes = RequestCodec.encode(new BlobRequest.Observe(HASH, ChunkRanges.of(boundaries)));
    assertThrows(MalformedMessageException.class, () -> RequestCodec.decode(bytes));
  }
}
