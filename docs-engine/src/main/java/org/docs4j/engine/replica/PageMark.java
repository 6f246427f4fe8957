package org.docs4j.engine.replica;

import java.util.Optional;
import org.docs4j.api.model.RecordIdentifier;

/**
 * Where the results of a query go on.
 *
 * @param at the last entry that was looked at
 * @param skip how many results behind it are still to be passed over
 * @param newest the newest entry so far at the key of the last one, if not all authors there were looked at; the document
 *     is not to change then before the query goes on, or it may find an entry there that was not the newest at any time
 */
public record PageMark(RecordIdentifier at, long skip, Optional<RecordIdentifier> newest) {
  /** Behind an entry and whatever else the query has at its key. */
  public PageMark(RecordIdentifier at, long skip) {
    this(at, skip, Optional.empty());
  }
}
