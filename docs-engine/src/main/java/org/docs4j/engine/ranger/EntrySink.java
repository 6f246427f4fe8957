package org.docs4j.engine.ranger;

import java.util.Optional;
import org.docs4j.api.model.SignedEntry;

/** Where received entries go: the driver validates them and applies the insert rule. */
@FunctionalInterface
public interface EntrySink {
  /**
   * Takes an entry; afterwards the view shows it if it was stored.
   *
   * @return the entry that protects its place, if that is why it was not stored
   */
  Optional<SignedEntry> offer(Part.Value value);

  /** Whether there is more to do for the last entry than fits in one go: then it is offered again at the next one. */
  default boolean wantsAgain() {
    return false;
  }
}
