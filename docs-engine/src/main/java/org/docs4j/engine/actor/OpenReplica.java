package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A replica that somebody has open. */
final class OpenReplica {
  private static final System.Logger LOG = System.getLogger(OpenReplica.class.getName());

  private final Set<Long> handles = new TreeSet<>();
  private final List<Consumer<ReplicaEvent>> subscribers = new ArrayList<>();
  private boolean sync;

  void add(long handle) {
    handles.add(handle);
  }

  /** Gives a handle up; returns whether that was the last one. */
  boolean remove(long handle) {
    return handles.remove(handle) && handles.isEmpty();
  }

  boolean isSync() {
    return sync;
  }

  void setSync(boolean is) {
    sync = is;
  }

  /** Returns whether the subscriber is a new one. */
  boolean subscribe(Consumer<ReplicaEvent> subscriber) {
    return !subscribers.contains(subscriber) && subscribers.add(subscriber);
  }

  boolean unsubscribe(Consumer<ReplicaEvent> subscriber) {
    return subscribers.remove(subscriber);
  }

  ReplicaState state() {
    return new ReplicaState(handles.size(), sync, subscribers.size());
  }

  /** Tells everybody; who throws is told no more. */
  void tell(ReplicaEvent event) {
    subscribers.removeIf(subscriber -> !tell(subscriber, event));
  }

  @SuppressWarnings("CatchingUnchecked") // a subscriber's mistake must not undo what others wrote
  private static boolean tell(Consumer<ReplicaEvent> subscriber, ReplicaEvent event) {
    try {
      subscriber.accept(event);
      return true;
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a subscriber failed and is told no more", e);
      return false;
    }
  }
}
