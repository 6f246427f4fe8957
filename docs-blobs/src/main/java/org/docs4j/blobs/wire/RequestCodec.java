package org.docs4j.blobs.wire;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.RangeSpecSeq;

/** Writes and reads requests (WIRE 6.1). Pure functions for any thread. */
public final class RequestCodec {
  /** Longest request that is read, in bytes; the same limit as in today's nodes (WIRE 6.1). */
  public static final int MAX_BYTES = 1 << 20;

  /** First byte of a request to take a blob. */
  public static final int PUSH = 8;

  /** Most range specs and most boundaries in a request: far fewer than fit, because decoded they take many times the room. */
  static final int MAX_RANGES = 8192;

  private static final int GET = 0;
  private static final int OBSERVE = 1;
  private static final int GET_MANY = 9;

  private RequestCodec() {}

  /** The bytes of a request; its end is the end of the stream, but for a push. */
  public static byte[] encode(BlobRequest request) {
    PostcardWriter out = new PostcardWriter(64);
    if (request instanceof BlobRequest.Get get) {
      out.u8(GET);
      get(out, get.hash(), get.ranges());
    } else if (request instanceof BlobRequest.GetMany many) {
      out.u8(GET_MANY).count(many.hashes().size());
      many.hashes().forEach(hash -> out.bytes32(hash.bytes()));
      sequence(out, many.ranges());
    } else if (request instanceof BlobRequest.Observe observe) {
      out.u8(OBSERVE).bytes32(observe.hash().bytes());
      spec(out, observe.ranges());
    } else if (request instanceof BlobRequest.Push push) {
      PostcardWriter body = new PostcardWriter(64);
      get(body, push.hash(), push.ranges());
      out.u8(PUSH).byteString(body.toByteArray());
    }
    return out.toByteArray();
  }

  private static void get(PostcardWriter out, Hash hash, RangeSpecSeq ranges) {
    out.bytes32(hash.bytes());
    sequence(out, ranges);
  }

  private static void sequence(PostcardWriter out, RangeSpecSeq ranges) {
    out.count(ranges.parts().size());
    long before = 0;
    for (RangeSpecSeq.Part part : ranges.parts()) {
      out.u64(part.offset() - before);
      before = part.offset();
      spec(out, part.ranges());
    }
  }

  private static void spec(PostcardWriter out, ChunkRanges ranges) {
    long[] boundaries = ranges.boundaries();
    out.count(boundaries.length);
    long before = 0;
    for (long boundary : boundaries) {
      out.u64(boundary - before);
      before = boundary;
    }
  }

  /**
   * Reads a whole request.
   *
   * @throws MalformedMessageException if the bytes are no request, not a canonical one, or more than one
   */
  public static BlobRequest decode(byte[] bytes) {
    PostcardReader in = new PostcardReader(bytes);
    int type = in.u8();
    BlobRequest request =
        switch (type) {
          case GET -> new BlobRequest.Get(hash(in), sequence(in));
          case OBSERVE -> new BlobRequest.Observe(hash(in), spec(in, new int[1]));
          case PUSH -> push(in);
          case GET_MANY -> new BlobRequest.GetMany(hashes(in), sequence(in));
          default -> throw new MalformedMessageException("there is no blob request of type " + type);
        };
    in.expectEnd();
    return request;
  }

  private static BlobRequest push(PostcardReader in) {
    in.length(MAX_BYTES);
    return new BlobRequest.Push(hash(in), sequence(in));
  }

  private static Hash hash(PostcardReader in) {
    return new Hash(in.bytes32());
  }

  private static List<Hash> hashes(PostcardReader in) {
    int count = in.count(MAX_BYTES / 32, 32);
    List<Hash> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(hash(in));
    }
    return hashes;
  }

  private static RangeSpecSeq sequence(PostcardReader in) {
    int count = in.count(MAX_RANGES, 2);
    List<RangeSpecSeq.Part> parts = new ArrayList<>();
    int[] boundaries = new int[1];
    ChunkRanges before = ChunkRanges.none();
    long offset = 0;
    for (int i = 0; i < count; i++) {
      offset = step(in, offset, i, "range spec");
      ChunkRanges ranges = spec(in, boundaries);
      if (ranges.equals(before)) {
        throw in.malformed("a range spec repeats the one before it");
      }
      parts.add(new RangeSpecSeq.Part(offset, ranges));
      before = ranges;
    }
    return new RangeSpecSeq(parts);
  }

  private static ChunkRanges spec(PostcardReader in, int[] boundariesSoFar) {
    int count = in.count(MAX_RANGES - boundariesSoFar[0], 1);
    boundariesSoFar[0] += count;
    long[] boundaries = new long[count];
    long at = 0;
    for (int i = 0; i < count; i++) {
      at = step(in, at, i, "span");
      boundaries[i] = at;
    }
    return ChunkRanges.of(boundaries);
  }

  /** The sum after the next width, which is not zero but for the first and must not overflow. */
  private static long step(PostcardReader in, long sum, int number, String what) {
    long width = in.u64();
    long next = sum + width;
    if (number > 0 && Long.compareUnsigned(next, sum) <= 0) {
      throw in.malformed("a " + what + " of width " + Long.toUnsignedString(width) + " after " + Long.toUnsignedString(sum));
    }
    return next;
  }
}
