package org.docs4j.engine.index;

import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Timestamp;

/**
 * What decides which of two records is newer (WIRE 3.2): timestamp, then hash.
 *
 * @param timestamp when the record was written
 * @param hash of its content
 */
public record Version(Timestamp timestamp, Hash hash) implements Comparable<Version> {
  /** The version of a record. */
  public static Version of(Record record) {
    return new Version(record.timestamp(), record.hash());
  }

  /** The earlier of two. */
  Version min(Version other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(Version other) {
    int order = timestamp.compareTo(other.timestamp);
    return order != 0 ? order : hash.compareTo(other.hash);
  }
}
