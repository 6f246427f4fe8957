package org.docs4j.engine.live;

import java.util.LinkedHashSet;
import org.docs4j.api.model.Hash;

/** What one document has in the {@link ContentQueue}. */
final class ContentShare {
  /** Content that nobody had when it was last tried; may name some that is being tried again. */
  final LinkedHashSet<Hash> failed = new LinkedHashSet<>();

  /** How many contents are kept for it. */
  int entries;

  /** How many of them have not been tried to the end yet. */
  int unsettled;

  /** Whether the store has wanted content that was never tried, for lack of room here. */
  boolean overflown;

  /** Whether the store has wanted content that was tried in vain and then made room for other. */
  boolean evicted;

  /** Whether a time has been set to look into the store again. */
  boolean timed;

  boolean takeDue() {
    boolean due = overflown || evicted;
    overflown = false;
    evicted = false;
    return due;
  }
}
