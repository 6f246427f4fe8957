package org.docs4j.engine.replica;

import java.util.Optional;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Timestamp;

/**
 * How far the look for the newest entry around a place has come.
 *
 * @param newest the newest timestamp so far, if there is any entry
 * @param paused the author of the last entry that was looked at, if there may be more
 */
public record NewestAround(Optional<Timestamp> newest, Optional<AuthorId> paused) {
  /** Before anything was looked at. */
  public static final NewestAround NONE = new NewestAround(Optional.empty(), Optional.empty());
}
