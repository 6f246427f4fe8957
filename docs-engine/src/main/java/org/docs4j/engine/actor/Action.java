package org.docs4j.engine.actor;

import java.util.Optional;
import org.docs4j.api.model.NamespaceId;

/**
 * One thing that the sync actor does, as a whole as far as its document is concerned.
 *
 * @param <R> what it answers
 */
public sealed interface Action<R> permits StoreAction, ReplicaAction {
  /**
   * Begins on the actor's thread: does it, if it is short. Nothing in here or in the work waits for a network, a
   * signature check or a blob.
   */
  Work<R> begin(ActorContext context);

  /** Whether the answer may only be given once everything is on the disk. */
  default boolean durable() {
    return false;
  }

  /** The document that nothing else may touch until the action is done, or {@link Work#exclusive} says otherwise. */
  Optional<NamespaceId> document();
}
