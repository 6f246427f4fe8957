package org.docs4j.engine.live;

import java.util.function.Consumer;
import org.docs4j.engine.actor.ReplicaEvent;
import org.jspecify.annotations.Nullable;

/**
 * Carries events of the sync actor to the live actor, which is made after it; what comes before there is one is dropped.
 */
public final class EventRelay implements Consumer<ReplicaEvent> {
  private volatile @Nullable Consumer<ReplicaEvent> target;

  /** Begins to pass events on. */
  public void connect(Consumer<ReplicaEvent> receiver) {
    target = receiver;
  }

  @Override
  public void accept(ReplicaEvent event) {
    Consumer<ReplicaEvent> receiver = target;
    if (receiver != null) {
      receiver.accept(event);
    }
  }
}
