package org.docs4j.engine.ranger;

import java.util.List;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.SignedEntry;

/** One part of a reconciliation message (WIRE 4.3). */
public sealed interface Part {
  /** The range that the part is about. */
  Range range();

  /**
   * What the sender holds in a range, in short.
   *
   * @param range which range
   * @param fingerprint of the sender's set there
   */
  record RangeFingerprint(Range range, Fingerprint fingerprint) implements Part {}

  /**
   * Entries that the sender holds in a range.
   *
   * @param range which range
   * @param values the entries, all of the sender's unless {@code haveLocal} is set
   * @param haveLocal whether the sender has the receiver's entries of the range already and wants no answer
   */
  record RangeItem(Range range, List<Value> values, boolean haveLocal) implements Part {
    /** Copies the list. */
    public RangeItem {
      values = List.copyOf(values);
    }
  }

  /**
   * An entry on its way.
   *
   * @param entry the entry
   * @param contentStatus how much of its content the sender has
   */
  record Value(SignedEntry entry, ContentStatus contentStatus) {}
}
