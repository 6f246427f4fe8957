package org.docs4j.api.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;

/**
 * Takes values in the postcard encoding (WIRE 1) out of bytes that may come from anybody.
 *
 * <p>Every length is compared with what remains and with the caller's limit before anything is allocated. Varints that
 * are longer than they need to be are accepted, as in the reference; numbers that do not fit their type are not. What
 * does not decode ends in {@link MalformedMessageException} that says what is wrong and at which byte, counted from the
 * first byte of this reader; after that the position is undefined. Returned values share nothing with the array, which
 * must not change while it is read. For one thread.
 *
 * <p>{@link #copy} marks a place to come back to: a caller that decodes a sequence while it arrives tries each element
 * on a copy and keeps the copy once the element was whole.
 */
public final class PostcardReader {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final byte[] buffer;
  private final int start;
  private final int limit;
  private int position;

  private PostcardReader(byte[] buffer, int start, int limit, int position) {
    this.buffer = buffer;
    this.start = start;
    this.limit = limit;
    this.position = position;
  }

  /** Reads all of an array. */
  public PostcardReader(byte[] bytes) {
    this(bytes, 0, bytes.length, 0);
  }

  /**
   * Reads a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part is not inside the array
   */
  public PostcardReader(byte[] bytes, int offset, int length) {
    this(bytes, Objects.checkFromIndexSize(offset, length, bytes.length), offset + length, offset);
  }

  /** Reads the remaining bytes of a buffer, in place where it has an array, else from a copy; leaves its position. */
  public static PostcardReader of(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return new PostcardReader(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new PostcardReader(copy);
  }

  /** A reader of the same bytes that stands where this one does and moves on its own. */
  public PostcardReader copy() {
    return new PostcardReader(buffer, start, limit, position);
  }

  /** How many bytes were read. */
  public int position() {
    return position - start;
  }

  /** How many bytes are left. */
  public int remaining() {
    return limit - position;
  }

  /**
   * Checks that nothing is left.
   *
   * @throws MalformedMessageException if something is
   */
  public void expectEnd() {
    if (position != limit) {
      throw malformed(remaining() + " bytes too many");
    }
  }

  /** One raw byte, from 0 to 255. */
  public int u8() {
    need(1);
    return buffer[position++] & 0xFF;
  }

  /** A varint of at most three bytes, from 0 to 65535. */
  public int u16() {
    return (int) varint(3, 0x03);
  }

  /** A varint of at most five bytes, from 0 to 2^32 - 1. */
  public long u32() {
    return varint(5, 0x0F);
  }

  /** A varint of at most ten bytes: an unsigned number. */
  public long u64() {
    return varint(10, 0x01);
  }

  /** {@code 00} or {@code 01}, nothing else. */
  public boolean bool() {
    int at = position;
    int value = u8();
    if (value > 1) {
      throw malformed(at, "a truth value is 0 or 1, not " + value);
    }
    return value == 1;
  }

  /** Whether an optional value follows. */
  public boolean option() {
    return bool();
  }

  /**
   * The index of an enum's variant.
   *
   * @param variants how many variants there are
   * @param what what the enum is called in the message of a failure
   */
  public int variant(int variants, String what) {
    int at = position;
    long index = u32();
    if (index >= variants) {
      throw malformed(at, "there is no " + what + " of kind " + index);
    }
    return (int) index;
  }

  /**
   * The number of elements of a sequence: at most as many as the remaining bytes can hold.
   *
   * @param max the most elements that the caller takes
   * @param minBytesPerElement how many bytes the shortest element has, at least 1
   */
  public int count(int max, int minBytesPerElement) {
    int at = position;
    long count = u64();
    if (count < 0 || count > max) {
      throw malformed(at, Long.toUnsignedString(count) + " elements, at most " + max + " are taken");
    }
    if (count * minBytesPerElement > remaining()) {
      throw malformed(at, count + " elements announced in the last " + remaining() + " bytes");
    }
    return (int) count;
  }

  /** 32 bytes without a length. */
  public Bytes32 bytes32() {
    need(Bytes32.SIZE);
    Bytes32 value = Bytes32.of(buffer, position);
    position += Bytes32.SIZE;
    return value;
  }

  /** So many bytes without a length, as a new array. */
  public byte[] fixed(int length) {
    need(length);
    byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return bytes;
  }

  /** So many bytes without a length. */
  public Bytes fixedBytes(int length) {
    need(length);
    Bytes bytes = Bytes.of(buffer, position, length);
    position += length;
    return bytes;
  }

  /**
   * The length of a byte string; the bytes follow, and are there.
   *
   * @param max the most bytes that the caller takes
   */
  public int length(int max) {
    return count(max, 1);
  }

  /**
   * A byte string as a new array.
   *
   * @param max the most bytes that the caller takes
   */
  public byte[] byteString(int max) {
    return fixed(length(max));
  }

  /**
   * A byte string.
   *
   * @param max the most bytes that the caller takes
   */
  public Bytes bytes(int max) {
    return fixedBytes(length(max));
  }

  /**
   * A text, of valid UTF-8 only.
   *
   * @param maxBytes the most UTF-8 bytes that the caller takes
   */
  public String string(int maxBytes) {
    int length = length(maxBytes);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, position, length)).toString();
      position += length;
      return text;
    } catch (CharacterCodingException e) {
      throw malformed("text that is no UTF-8");
    }
  }

  /** An IP address with its port. An IPv6 address that stands for an IPv4 one becomes that one. */
  public InetSocketAddress socketAddress() {
    byte[] address = fixed(variant(2, "socket address") == 0 ? IPV4_BYTES : IPV6_BYTES);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), u16());
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are the two lengths that exist", e);
    }
  }

  /** The failure to throw when the bytes just read mean nothing: says what and where. */
  public MalformedMessageException malformed(String what) {
    return malformed(position, what);
  }

  private MalformedMessageException malformed(int at, String what) {
    return new MalformedMessageException(what + " (at byte " + (at - start) + ")");
  }

  private long varint(int maxBytes, int maxLastByte) {
    int at = position;
    long value = 0;
    for (int i = 0; i < maxBytes; i++) {
      if (at + i >= limit) {
        throw malformed("a number is cut off");
      }
      int next = buffer[at + i];
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        if (i == maxBytes - 1 && next > maxLastByte) {
          break;
        }
        position = at + i + 1;
        return value;
      }
    }
    throw malformed("a number is too large");
  }

  private void need(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a length is at least 0");
    }
    if (bytes > remaining()) {
      throw malformed(bytes + " bytes expected, " + remaining() + " are left");
    }
  }
}
