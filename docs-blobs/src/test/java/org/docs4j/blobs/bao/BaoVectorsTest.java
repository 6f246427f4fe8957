package org.docs4j.blobs.bao;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.model.Hash;
import org.docs4j.api.wire.Hex;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaoVectorsTest {
  static Stream<List<String>> vectors() {
    return TestContent.lines("bao.txt").stream();
  }

  static Stream<List<String>> recordings() {
    return TestContent.lines("recorded-0.35.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void encode_vector_isReproduced(List<String> words) throws NoSuchAlgorithmException {
    byte[] content = TestContent.ofSize(Integer.parseInt(words.get(1)));
    if (words.get(0).equals("full")) {
      assertEquals(words.get(2), BaoCodec.outboard(content).hash().toString());
      checkDigest(words.get(3), words.get(4), BaoCodec.encode(content, ChunkRanges.all()));
      if (!words.get(5).equals("-")) {
        assertEquals(words.get(5), Hex.encode(BaoCodec.outboard(content).outboard()).substring(0, 128));
      }
      return;
    }
    long[] boundaries = Arrays.stream(words.get(2).split(",")).mapToLong(Long::parseUnsignedLong).toArray();
    byte[] response = BaoCodec.encode(content, ChunkRanges.of(boundaries));
    if (words.get(0).equals("bytes")) {
      assertEquals(words.get(3), Hex.encode(response));
    } else {
      checkDigest(words.get(3), words.get(4), response);
      assertEquals(words.get(5), Hex.encode(Arrays.copyOf(response, 80)));
    }
    BaoDecoder decoder = new BaoDecoder(BaoCodec.outboard(content).hash(), ChunkRanges.of(boundaries));
    BaoCodec.decode(decoder, response, 100);
    assertTrue(decoder.isDone());
  }

  private static void checkDigest(String length, String sha256, byte[] bytes) throws NoSuchAlgorithmException {
    assertEquals(Integer.parseInt(length), bytes.length);
    assertEquals(sha256, Hex.encode(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void encode_recordedRequest_isAnsweredAsARealNodeDid(List<String> words) {
    byte[] content = TestContent.ofSize(Integer.parseInt(words.get(0)));
    BlobRequest.Get get = (BlobRequest.Get) RequestCodec.decode(Hex.decode(words.get(2)));
    assertEquals(BaoCodec.outboard(content).hash(), get.hash());
    assertEquals(words.get(3), Hex.encode(BaoCodec.encode(content, get.ranges().at(0))));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void decode_recordedResponseInPiecesOfAnySize_isVerified(List<String> words) {
    byte[] response = Hex.decode(words.get(3));
    BlobRequest.Get get = (BlobRequest.Get) RequestCodec.decode(Hex.decode(words.get(2)));
    byte[] content = TestContent.ofSize(Integer.parseInt(words.get(0)));
    for (int piece : new int[] {1, 63, 64, 1024, 16_384, 20_000, 1 << 20}) {
      BaoDecoder decoder = new BaoDecoder(get.hash(), get.ranges().at(0));
      BaoCodec.Decoded decoded = BaoCodec.decode(decoder, response, piece);
      assertTrue(decoder.isDone());
      assertEquals(content.length, decoded.size);
      decoded.leaves.forEach(
          (offset, leaf) ->
              assertArrayEquals(Arrays.copyOfRange(content, offset.intValue(), offset.intValue() + leaf.length), leaf));
      if (words.get(1).equals("full")) {
        assertArrayEquals(content, decoded.content());
        assertTrue(decoder.sizeProven());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("liveRecordings")
  void decode_recordedBetweenLiveNodes_isVerified(List<String> words) {
    BlobRequest.Get get = (BlobRequest.Get) RequestCodec.decode(Hex.decode(words.get(1)));
    byte[] response = Hex.decode(words.get(2));
    BaoDecoder decoder = new BaoDecoder(get.hash(), get.ranges().at(0));
    byte[] content = BaoCodec.decode(decoder, response, response.length).content();
    assertEquals(get.hash(), Hash.ofContent(content));
    assertArrayEquals(response, BaoCodec.encode(content, get.ranges().at(0)));
  }

  static Stream<List<String>> liveRecordings() {
    return TestContent.lines("recorded-live.txt").stream();
  }
}
