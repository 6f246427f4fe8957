package org.docs4j.api.model;

import java.util.Arrays;
import java.util.Objects;
import org.docs4j.api.wire.Hex;

/** An immutable byte string in unsigned lexicographic order. */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Copies an array. */
  public static Bytes of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /**
   * Copies a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part is not inside the array
   */
  public static Bytes of(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** These bytes and one more behind them. */
  Bytes append(byte last) {
    byte[] longer = Arrays.copyOf(value, value.length + 1);
    longer[value.length] = last;
    return new Bytes(longer);
  }

  /** How many bytes there are. */
  public int size() {
    return value.length;
  }

  /** The byte at an index, from 0 to {@code size() - 1}. */
  public byte at(int index) {
    return value[index];
  }

  /** A fresh copy of the bytes. */
  public byte[] toByteArray() {
    return value.clone();
  }

  /** Copies all bytes into a target. */
  public void writeTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  /** Whether the given bytes stand at the beginning of these; every byte string starts with the empty one. */
  public boolean startsWith(Bytes prefix) {
    return value.length >= prefix.value.length
        && Arrays.equals(value, 0, prefix.value.length, prefix.value, 0, prefix.value.length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The hexadecimal form, lower case. */
  @Override
  public String toString() {
    return Hex.encode(value);
  }
}
