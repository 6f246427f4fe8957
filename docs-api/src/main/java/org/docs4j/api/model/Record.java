package org.docs4j.api.model;

/**
 * The value of an entry: which content it has and when it was written.
 *
 * <p>{@link #compareTo} is the order of WIRE 3.2: timestamp, then hash. The length takes no part in it, while equality
 * compares all three.
 *
 * @param length the length of the content in bytes, an unsigned number
 * @param hash the hash of the content
 * @param timestamp when the author wrote it
 */
@SuppressWarnings("JavaLangClash") // the field's own word for it
public record Record(long length, Hash hash, Timestamp timestamp) implements Comparable<Record> {
  /** The record of a deletion at the given time. */
  public static Record tombstone(Timestamp timestamp) {
    return new Record(0, Hash.EMPTY, timestamp);
  }

  /** Whether this marks a deletion: no content (WIRE 3.4). */
  public boolean isEmpty() {
    return hash.equals(Hash.EMPTY);
  }

  /** Whether empty hash and zero length come together, as they must (WIRE 3.5). */
  public boolean isConsistent() {
    return isEmpty() == (length == 0);
  }

  @Override
  public int compareTo(Record other) {
    int order = timestamp.compareTo(other.timestamp);
    return order != 0 ? order : hash.compareTo(other.hash);
  }
}
