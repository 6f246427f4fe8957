package org.docs4j.engine.session;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A number of bytes in the course of arriving; memory grows with what has arrived, not with what was announced. */
final class Filling {
  private static final int FIRST_BYTES = 64 << 10;

  private final int wanted;
  private byte[] bytes;
  private int size;

  Filling(int wanted) {
    this.wanted = wanted;
    this.bytes = new byte[Math.min(wanted, FIRST_BYTES)];
  }

  /** Takes what is still wanted out of a buffer. */
  void take(ByteBuffer source) {
    int take = Math.min(wanted - size, source.remaining());
    if (size + take > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Math.max(size + (long) take, 2L * bytes.length)));
    }
    source.get(bytes, size, take);
    size += take;
  }

  boolean isFull() {
    return size == wanted;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** All bytes, once it is full; not copied. */
  byte[] bytes() {
    return bytes;
  }
}
