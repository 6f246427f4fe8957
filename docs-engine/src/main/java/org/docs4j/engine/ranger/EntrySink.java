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
}
