package org.docs4j.gossip.net;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipListener;

/**
 * What waits for one listener. Events are handed over in order, one at a time, on an executor of their own, so that a
 * slow listener delays nobody; what it cannot take in time is counted and dropped. Safe to use from any thread.
 */
final class ListenerQueue {
  static final int CAPACITY = 1024;

  private static final System.Logger LOG = System.getLogger(ListenerQueue.class.getName());
  private static final int BATCH = 128;

  private final TopicId topic;
  private final GossipListener listener;
  private final Executor executor;
  private final ArrayDeque<GossipEvent> events = new ArrayDeque<>();
  private long missed;
  private boolean running;
  private boolean closed;

  ListenerQueue(TopicId topic, GossipListener listener, Executor executor) {
    this.topic = topic;
    this.listener = listener;
    this.executor = executor;
  }

  void offer(GossipEvent event) {
    synchronized (events) {
      if (closed) {
        return;
      }
      if (events.size() >= CAPACITY) {
        missed++;
        return;
      }
      if (missed > 0) {
        events.add(new GossipEvent.Lagged(missed));
        missed = 0;
      }
      events.add(event);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::drain);
  }

  /** Nothing more is handed over, but what the listener is in just now. */
  void close() {
    synchronized (events) {
      closed = true;
      events.clear();
      missed = 0;
    }
  }

  private void drain() {
    for (int i = 0; i < BATCH; i++) {
      Optional<GossipEvent> next = next();
      if (next.isEmpty()) {
        return;
      }
      deliver(next.get());
    }
    executor.execute(this::drain);
  }

  private Optional<GossipEvent> next() {
    synchronized (events) {
      if (events.isEmpty() && missed > 0) {
        events.add(new GossipEvent.Lagged(missed));
        missed = 0;
      }
      if (events.isEmpty()) {
        running = false;
        return Optional.empty();
      }
      return Optional.of(events.remove());
    }
  }

  private void deliver(GossipEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of topic " + topic.shortText() + " failed", e);
    }
  }
}
