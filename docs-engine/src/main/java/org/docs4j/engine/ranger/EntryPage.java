package org.docs4j.engine.ranger;

import java.util.List;
import org.docs4j.api.model.SignedEntry;

/**
 * Some entries of a segment, from its beginning and in order.
 *
 * @param entries at least one, unless the segment is empty
 * @param more whether the segment may have entries behind these
 */
public record EntryPage(List<SignedEntry> entries, boolean more) {
  /** Copies the list. */
  public EntryPage {
    entries = List.copyOf(entries);
  }
}
