package org.docs4j.bench.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.docs4j.bench.BenchException;

/** Bytes to be sent on one stream and counted at its end, piece by piece; the pieces share their memory. */
final class Payload {
  /** Bytes in a read. */
  static final int PIECE = 64 << 10;

  /** How many writes may be under way on all streams of a connection together. */
  static final int OUTSTANDING = 16;

  private static final int WRITE = 256 << 10;
  private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(WRITE).put(0, Answer.COUNT);

  private long left;

  Payload(long bytes) {
    this.left = bytes;
  }

  Optional<ByteBuffer> next() {
    if (left == 0) {
      return Optional.empty();
    }
    int length = (int) Math.min(left, WRITE);
    left -= length;
    return Optional.of(BLOCK.slice(0, length));
  }

  static byte[] copy(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  static void check(long counted, long sent) {
    if (counted != sent) {
      throw new BenchException(counted + " bytes arrived of " + sent);
    }
  }
}
