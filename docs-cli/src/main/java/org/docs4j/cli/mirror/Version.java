package org.docs4j.cli.mirror;

import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Timestamp;

/**
 * What the document says about a path: its newest entry, of whichever author. Ordered by age, and where two are equally
 * old as the query for the newest entry orders them (WIRE 9).
 *
 * @param record content and time; a tombstone where the file is deleted
 * @param author who wrote it
 */
public record Version(Record record, AuthorId author) implements Comparable<Version> {
  /** The document has never said anything: as if the file had been deleted before all time. */
  public static final Version NONE = new Version(Record.tombstone(Timestamp.EPOCH), new AuthorId(Bytes32.ZERO));

  /** The version that an entry stands for. */
  public static Version of(Entry entry) {
    return new Version(entry.record(), entry.id().author());
  }

  /** Whether it says that there is no file. */
  public boolean isRemoved() {
    return record.isEmpty();
  }

  /** When it was written. */
  public Timestamp timestamp() {
    return record.timestamp();
  }

  @Override
  public int compareTo(Version other) {
    int order = record.compareTo(other.record);
    return order != 0 ? order : author.compareTo(other.author);
  }
}
