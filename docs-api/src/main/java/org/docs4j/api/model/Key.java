package org.docs4j.api.model;

import java.nio.charset.StandardCharsets;

/**
 * The key of an entry within a document: any bytes, in unsigned lexicographic order. Replicas take keys of up to
 * {@link #MAX_BYTES} and refuse longer ones with {@link ValidationFailure#KEY_TOO_LONG}.
 *
 * <p>Keys obey the prefix rule (WIRE 3.3): writing a key removes the same author's older entries at every key that
 * starts with it.
 *
 * @param bytes the bytes of the key
 */
public record Key(Bytes bytes) implements Comparable<Key> {
  /** The longest key that every store takes: 1 MiB, as real nodes accept. */
  public static final int MAX_BYTES = 1 << 20;

  /** The key of no bytes, a prefix of every key. */
  public static final Key EMPTY = new Key(Bytes.EMPTY);

  /** The UTF-8 bytes of a text. */
  public static Key of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the given bytes. */
  public static Key of(byte[] bytes) {
    return new Key(Bytes.of(bytes));
  }

  /** How many bytes the key has. */
  public int size() {
    return bytes.size();
  }

  /** The next key in order, between which and this one there is none; one byte longer, also than {@link #MAX_BYTES}. */
  public Key next() {
    return new Key(bytes.append((byte) 0));
  }

  /** A fresh copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /** Whether the given key is a prefix of this one; a key is a prefix of itself. */
  public boolean startsWith(Key prefix) {
    return bytes.startsWith(prefix.bytes);
  }

  /** The bytes read as UTF-8, with replacement characters where they are none. */
  public String text() {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Key other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}
