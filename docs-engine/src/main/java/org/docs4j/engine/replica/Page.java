package org.docs4j.engine.replica;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.SignedEntry;

/**
 * Some results of a query, perhaps none.
 *
 * @param entries in the order of the query
 * @param rest where the query goes on; empty if that was all of it
 */
public record Page(List<SignedEntry> entries, Optional<PageMark> rest) {
  /** Copies the list. */
  public Page {
    entries = List.copyOf(entries);
  }
}
