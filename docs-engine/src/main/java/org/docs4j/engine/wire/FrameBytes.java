package org.docs4j.engine.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.docs4j.api.wire.PostcardReader;

/**
 * The bytes of a frame that have arrived and are not decoded yet: what begins with an element that is not whole. What is
 * passed over takes no memory, however long it is. For one thread at a time.
 */
final class FrameBytes {
  private static final byte[] NONE = {};

  /** A buffer of this size stays, however little is in it. */
  private static final int SMALL = 64 << 10;

  private final long length;
  private long fed;
  private long skip;
  private byte[] buffer = NONE;
  private int start;
  private int end;

  /** A frame of so many bytes, none of which has arrived. */
  FrameBytes(long length) {
    this.length = length;
  }

  /** How many bytes are still to be fed. */
  long missing() {
    return length - fed;
  }

  /** How many bytes are neither taken nor passed over. */
  long left() {
    return missing() - skip + end - start;
  }

  /** Takes the next bytes, of which there may be more than the frame has left; those stay where they are. */
  void feed(ByteBuffer bytes) {
    int size = (int) Math.min(bytes.remaining(), missing());
    fed += size;
    int over = (int) Math.min(size, skip);
    bytes.position(bytes.position() + over);
    skip -= over;
    keep(bytes, size - over);
  }

  private void keep(ByteBuffer bytes, int size) {
    int rest = end - start;
    if (size > buffer.length - end) {
      byte[] target = rest + size > buffer.length ? new byte[Math.max(rest + size, 2 * rest)] : buffer;
      System.arraycopy(buffer, start, target, 0, rest);
      buffer = target;
      start = 0;
      end = rest;
    }
    bytes.get(buffer, end, size);
    end += size;
  }

  /** Lets go of a large buffer of which little is in use, since what comes next may be long in coming. */
  void trim() {
    int rest = end - start;
    if (buffer.length > SMALL && rest < buffer.length / 4) {
      buffer = Arrays.copyOfRange(buffer, start, end);
      start = 0;
      end = rest;
    }
  }

  /** How many bytes it takes. */
  long held() {
    return buffer.length;
  }

  /** Looks at what comes next. */
  Lookahead ahead() {
    return new Lookahead(buffer, start, end);
  }

  /** Reads what comes next, as far as it is here; what was read is still to be taken. */
  PostcardReader reader() {
    return new PostcardReader(buffer, start, end - start);
  }

  /** Lets go of bytes that were read. */
  void take(int size) {
    start += size;
  }

  /** Passes over the next bytes, also those that have not arrived yet; {@link #left} has at least as many. */
  void skip(long size) {
    int here = (int) Math.min(size, end - start);
    start += here;
    skip += size - here;
    if (start == end) {
      start = 0;
      end = 0;
      buffer = skip > 0 || missing() == 0 ? NONE : buffer;
    }
  }

  /**
   * Takes the number of elements that follow: no more than what is left of the frame can hold.
   *
   * @param in reads from here
   * @param max the most elements that are taken
   * @param minBytesPerElement how many bytes the shortest element has
   * @param what what the elements are called in the message of a failure
   * @throws org.docs4j.api.MalformedMessageException if there are more
   */
  int count(PostcardReader in, int max, int minBytesPerElement, String what) {
    PostcardReader before = in.copy();
    long count = in.u64();
    if (count < 0 || count > max) {
      throw before.malformed(Long.toUnsignedString(count) + " " + what + ", at most " + max + " are taken");
    }
    long left = left() - in.position();
    if (count * minBytesPerElement > left) {
      throw before.malformed(count + " " + what + " announced in the last " + left + " bytes");
    }
    return (int) count;
  }

  /**
   * Takes the size of an identifier of any length, which has to be in the frame.
   *
   * @param in reads from here
   * @throws org.docs4j.api.MalformedMessageException if the frame is shorter
   */
  long identifierSize(PostcardReader in) {
    PostcardReader before = in.copy();
    long size = in.u64();
    long left = left() - in.position();
    if (size > left) {
      throw before.malformed("record identifier of " + size + " bytes announced in the last " + left + " bytes");
    }
    return size;
  }

  /** Whether what is passed over has not arrived as a whole. */
  boolean isSkipping() {
    return skip > 0;
  }
}
