package org.docs4j.engine.actor;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a replica is opened.
 *
 * @param sync whether it is synced from now on, as by {@link SyncHandle#setSync}; if not, that stays as it is
 * @param subscriber who is told of every entry that is stored from now on, as by {@link SyncHandle#subscribe}
 */
public record OpenOptions(boolean sync, Optional<Consumer<ReplicaEvent>> subscriber) {
  /** Just opens it. */
  public static final OpenOptions DEFAULT = new OpenOptions(false, Optional.empty());

  /** Opens it to be synced. */
  public static final OpenOptions SYNC = new OpenOptions(true, Optional.empty());
}
