package org.docs4j.engine.actor;

import java.time.Duration;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;

/** What must hold of a received entry besides its signatures (WIRE 3.5). */
final class Validation {
  /** How far in the future a timestamp may lie (WIRE 3.6). */
  static final Duration FUTURE_BOUND = Duration.ofMinutes(10);

  private Validation() {}

  static Timestamp futureBound(Timestamp now) {
    return now.plus(FUTURE_BOUND);
  }

  static Optional<ValidationFailure> check(SignedEntry entry, NamespaceId namespace, Timestamp now) {
    if (!entry.id().namespace().equals(namespace)) {
      return Optional.of(ValidationFailure.WRONG_NAMESPACE);
    }
    if (!entry.record().isConsistent()) {
      return Optional.of(ValidationFailure.INCONSISTENT_EMPTY);
    }
    if (entry.record().timestamp().isAfter(futureBound(now))) {
      return Optional.of(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    return Optional.empty();
  }
}
