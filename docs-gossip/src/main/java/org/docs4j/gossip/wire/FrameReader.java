package org.docs4j.gossip.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Cuts the bytes of a stream into frames as they arrive. Frames over the limit are passed over, however long they say
 * they are; memory is bounded by the limit. For one thread.
 */
public final class FrameReader {
  private static final int LENGTH_BYTES = 4;

  private final int maxBytes;
  private byte[] body = new byte[0];
  private int lengthBytes;
  private long length;
  private long taken;
  private long oversized;

  /** A reader at the beginning of a stream that takes frames of up to so many bytes. */
  public FrameReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes bytes until a frame is whole.
   *
   * @return its content; empty when all bytes are taken and more are needed
   */
  public Optional<byte[]> next(ByteBuffer data) {
    while (readLength(data)) {
      int step = (int) Math.min(data.remaining(), length - taken);
      boolean fits = length <= maxBytes;
      if (fits) {
        data.get(body, (int) taken, step);
      } else {
        data.position(data.position() + step);
      }
      taken += step;
      if (taken < length) {
        return Optional.empty();
      }
      byte[] frame = body;
      body = new byte[0];
      lengthBytes = 0;
      length = 0;
      taken = 0;
      if (fits) {
        return Optional.of(frame);
      }
      oversized++;
    }
    return Optional.empty();
  }

  /** Whether the stream may end here: not within a frame. */
  public boolean atBoundary() {
    return lengthBytes == 0;
  }

  /** How many frames were passed over. */
  public long oversized() {
    return oversized;
  }

  private boolean readLength(ByteBuffer data) {
    while (lengthBytes < LENGTH_BYTES) {
      if (!data.hasRemaining()) {
        return false;
      }
      length = length << 8 | (data.get() & 0xFF);
      lengthBytes++;
      if (lengthBytes == LENGTH_BYTES && length <= maxBytes) {
        body = new byte[(int) length];
      }
    }
    return true;
  }
}
