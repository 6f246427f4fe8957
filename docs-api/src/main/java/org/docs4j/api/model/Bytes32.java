package org.docs4j.api.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import org.docs4j.api.wire.Hex;

/**
 * Exactly 32 bytes as a value: the content of every id, hash and fingerprint.
 *
 * <p>The four words hold the bytes in big-endian order, so that unsigned comparison of the words in order is the
 * unsigned lexicographic order of the bytes.
 *
 * @param w0 bytes 0 to 7
 * @param w1 bytes 8 to 15
 * @param w2 bytes 16 to 23
 * @param w3 bytes 24 to 31
 */
public record Bytes32(long w0, long w1, long w2, long w3) implements Comparable<Bytes32> {
  /** How many bytes the value has. */
  public static final int SIZE = 32;

  /** 32 zero bytes. */
  public static final Bytes32 ZERO = new Bytes32(0, 0, 0, 0);

  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Copies the value from an array of exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static Bytes32 of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("32 bytes expected, got " + bytes.length);
    }
    return of(bytes, 0);
  }

  /**
   * Copies the value from 32 bytes of an array.
   *
   * @throws IndexOutOfBoundsException if fewer than 32 bytes follow the offset
   */
  public static Bytes32 of(byte[] bytes, int offset) {
    return new Bytes32(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  /**
   * Reads 64 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes32 parseHex(String text) {
    if (text.length() != 2 * SIZE) {
      throw new IllegalArgumentException("64 hexadecimal digits expected, got " + text.length() + " characters");
    }
    return of(Hex.decode(text.toLowerCase(Locale.ROOT)));
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[SIZE];
    writeTo(bytes, 0);
    return bytes;
  }

  /** Writes the 32 bytes into an array. */
  public void writeTo(byte[] target, int offset) {
    LONG.set(target, offset, w0);
    LONG.set(target, offset + 8, w1);
    LONG.set(target, offset + 16, w2);
    LONG.set(target, offset + 24, w3);
  }

  /** The bitwise exclusive or with another value. */
  public Bytes32 xor(Bytes32 other) {
    return new Bytes32(w0 ^ other.w0, w1 ^ other.w1, w2 ^ other.w2, w3 ^ other.w3);
  }

  /** All 64 hexadecimal digits, lower case. */
  public String hex() {
    return Hex.encode(toByteArray());
  }

  /** The first ten hexadecimal digits, for logs. */
  public String shortHex() {
    return hex().substring(0, 10);
  }

  @Override
  public int compareTo(Bytes32 other) {
    int order = Long.compareUnsigned(w0, other.w0);
    if (order == 0) {
      order = Long.compareUnsigned(w1, other.w1);
    }
    if (order == 0) {
      order = Long.compareUnsigned(w2, other.w2);
    }
    return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
  }

  @Override
  public String toString() {
    return hex();
  }
}
