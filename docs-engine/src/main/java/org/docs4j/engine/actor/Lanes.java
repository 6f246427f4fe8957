package org.docs4j.engine.actor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.docs4j.api.model.NamespaceId;

/**
 * The documents on which an action takes several turns: whatever else is asked about one of them waits in its order, so
 * that nobody sees half of it, while the other documents go on.
 */
final class Lanes {
  private final Map<NamespaceId, Deque<Running<?>>> lanes = new LinkedHashMap<>();

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** Lets an action wait if its document is busy; returns whether it is. */
  boolean join(Running<?> running) {
    if (lanes.isEmpty() || running.document().isEmpty()) {
      return false;
    }
    Deque<Running<?>> lane = lanes.get(running.document().get());
    return lane != null && lane.add(running);
  }

  /** Keeps a document busy with an action. */
  void open(Running<?> running) {
    Deque<Running<?>> lane = new ArrayDeque<>();
    lane.add(running);
    lanes.put(running.document().orElseThrow(), lane);
  }

  /** Takes out the document whose turn it is: its actions in order, the first one under way. */
  Deque<Running<?>> next() {
    NamespaceId namespace = lanes.keySet().iterator().next();
    return lanes.remove(namespace);
  }

  /** Puts a document back that has something left to do; the others have their turns before it. */
  void giveBack(NamespaceId namespace, Deque<Running<?>> lane) {
    lanes.put(namespace, lane);
  }
}
