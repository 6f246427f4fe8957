package org.docs4j.engine.actor;

/**
 * One thing that the sync actor does, as a whole, between other actions.
 *
 * @param <R> what it answers
 */
public sealed interface Action<R> permits StoreAction, ReplicaAction {
  /** Runs on the actor's thread; nothing in here waits for a network, a signature check or a blob. */
  R run(ActorContext context);

  /** Whether the answer may only be given once everything is on the disk. */
  default boolean durable() {
    return false;
  }
}
