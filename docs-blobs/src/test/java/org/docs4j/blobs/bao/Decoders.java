package org.docs4j.blobs.bao;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.DocsException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;

/**
 * The decoders of this module, for tests with bytes from anywhere: the first byte chooses one, the rest is its input. It
 * returns what a peer's bytes may lead to, and throws on anything else.
 */
final class Decoders {
  private static final int SIZE = 40_000;
  private static final byte[] CONTENT = TestContent.ofSize(SIZE);
  private static final Hash HASH = BaoCodec.outboard(CONTENT).hash();

  /** What is asked for of the content when the first byte chooses an answer to it. */
  private static final List<ChunkRanges> WANTED =
      List.of(ChunkRanges.of(0, 1), ChunkRanges.of(17, 18), ChunkRanges.from(-1), ChunkRanges.of(0, 1, 39, 40));

  private Decoders() {}

  static void decode(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    int kind = Byte.toUnsignedInt(input[0]) % (2 + WANTED.size());
    try {
      if (kind < 2) {
        request(rest);
      } else {
        answer(rest, WANTED.get(kind - 2));
      }
    } catch (MalformedMessageException | ContentMismatchException e) {
      check(e);
    }
  }

  private static void check(DocsException e) {
    if (e.getMessage().isBlank() || e.getMessage().length() > 1000) {
      throw new AssertionError("no sentence for a person: " + e.getMessage(), e);
    }
  }

  private static void request(byte[] bytes) {
    BlobRequest request = RequestCodec.decode(bytes);
    BlobRequest again = RequestCodec.decode(RequestCodec.encode(request));
    if (!request.equals(again)) {
      throw new AssertionError(request + " is read again as " + again);
    }
  }

  /** Whatever is passed on is the content's. */
  private static void answer(byte[] bytes, ChunkRanges wanted) {
    BaoDecoder decoder = new BaoDecoder(HASH, wanted);
    BaoCodec.Decoded decoded = new BaoCodec.Decoded();
    try {
      decoder.feed(ByteBuffer.wrap(bytes), decoded);
    } finally {
      decoded.leaves.forEach(
          (offset, leaf) -> {
            int from = Math.toIntExact(offset);
            if (!Arrays.equals(leaf, Arrays.copyOfRange(CONTENT, from, from + leaf.length))) {
              throw new AssertionError("other bytes than the content's at " + offset);
            }
          });
    }
  }
}
