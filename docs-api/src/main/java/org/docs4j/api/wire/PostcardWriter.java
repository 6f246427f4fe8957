package org.docs4j.api.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;

/**
 * A growing buffer that takes values in the postcard encoding (WIRE 1), always in their shortest form.
 *
 * <p>Methods that add something return this writer. It copies whatever it is given. For one thread; {@link #clear}
 * makes it ready for the next message and keeps the memory.
 */
public final class PostcardWriter {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int FRAME_LENGTH_BYTES = 4;

  private byte[] buffer;
  private int size;

  /** An empty writer with room for a usual message. */
  public PostcardWriter() {
    this(256);
  }

  /**
   * An empty writer with room for so many bytes before it has to grow.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public PostcardWriter(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a capacity is at least 0");
    }
    buffer = new byte[capacity];
  }

  /**
   * Adds one raw byte, never a varint.
   *
   * @throws IllegalArgumentException if the value is not from 0 to 255
   */
  public PostcardWriter u8(int value) {
    checkRange(value, 0xFF);
    room(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /**
   * Adds a varint of at most three bytes.
   *
   * @throws IllegalArgumentException if the value is not from 0 to 65535
   */
  public PostcardWriter u16(int value) {
    checkRange(value, 0xFFFF);
    return u64(value);
  }

  /**
   * Adds a varint of at most five bytes.
   *
   * @throws IllegalArgumentException if the value is not from 0 to 2^32 - 1
   */
  public PostcardWriter u32(long value) {
    checkRange(value, 0xFFFF_FFFFL);
    return u64(value);
  }

  /** Adds a varint of at most ten bytes; the value counts as unsigned. */
  public PostcardWriter u64(long value) {
    room(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /** Adds {@code 00} or {@code 01}. */
  public PostcardWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Adds the mark of an optional value: whether the value itself follows. */
  public PostcardWriter option(boolean present) {
    return bool(present);
  }

  /** Adds the index of an enum's variant, from 0; its fields follow. */
  public PostcardWriter variant(int index) {
    return u32(index);
  }

  /** Adds the number of elements of a sequence, from 0; the elements follow. */
  public PostcardWriter count(int elements) {
    return u32(elements);
  }

  /** Adds 32 bytes without a length: an id, a hash, a fingerprint. */
  public PostcardWriter bytes32(Bytes32 value) {
    room(Bytes32.SIZE);
    value.writeTo(buffer, size);
    size += Bytes32.SIZE;
    return this;
  }

  /** Adds bytes without a length. */
  public PostcardWriter fixed(byte[] bytes) {
    return fixed(bytes, 0, bytes.length);
  }

  /**
   * Adds a part of an array without a length.
   *
   * @throws IndexOutOfBoundsException if the part is not inside the array
   */
  public PostcardWriter fixed(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    room(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** Adds bytes without a length. */
  public PostcardWriter fixed(Bytes bytes) {
    room(bytes.size());
    bytes.writeTo(buffer, size);
    size += bytes.size();
    return this;
  }

  /** Adds the number of bytes and the bytes. */
  public PostcardWriter byteString(byte[] bytes) {
    return count(bytes.length).fixed(bytes);
  }

  /** Adds the number of bytes and the bytes. */
  public PostcardWriter byteString(Bytes bytes) {
    return count(bytes.size()).fixed(bytes);
  }

  /** Adds a text as the number of its UTF-8 bytes and these. */
  public PostcardWriter string(String text) {
    return byteString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds an IP address with its port. The wire has no place for an IPv6 scope.
   *
   * @throws IllegalArgumentException if the address is not resolved
   */
  public PostcardWriter socketAddress(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("not a resolved address: " + address);
    }
    byte[] bytes = ip.getAddress();
    return variant(bytes.length == 4 ? 0 : 1).fixed(bytes).u16(address.getPort());
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Takes all bytes out. */
  public void clear() {
    size = 0;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** A copy of the bytes that does not change. */
  public Bytes toBytes() {
    return Bytes.of(buffer, 0, size);
  }

  /** A copy of the bytes behind their number as a 32-bit big-endian integer: a frame of the streams (WIRE 4.2, 5.1). */
  public byte[] toFrame() {
    byte[] frame = new byte[Math.addExact(FRAME_LENGTH_BYTES, size)];
    frame[0] = (byte) (size >>> 24);
    frame[1] = (byte) (size >>> 16);
    frame[2] = (byte) (size >>> 8);
    frame[3] = (byte) size;
    System.arraycopy(buffer, 0, frame, FRAME_LENGTH_BYTES, size);
    return frame;
  }

  private static void checkRange(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " is not from 0 to " + max);
    }
  }

  private void room(int bytes) {
    long needed = (long) size + bytes;
    if (needed <= buffer.length) {
      return;
    }
    if (needed > MAX_BYTES) {
      throw new IllegalArgumentException("a message of more than " + MAX_BYTES + " bytes");
    }
    long grown = Math.max(needed, Math.max(64, 2L * buffer.length));
    buffer = Arrays.copyOf(buffer, (int) Math.min(grown, MAX_BYTES));
  }
}
