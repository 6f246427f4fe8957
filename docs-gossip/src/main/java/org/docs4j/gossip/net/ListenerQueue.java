package org.docs4j.gossip.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipListener;

/**
 * What waits for one listener. Events are handed over in order, one at a time, on an executor of their own, so that a
 * slow listener delays nobody; what it cannot take in time is counted and dropped. Safe to use from any thread.
 */
final class ListenerQueue {
  static final int CAPACITY = 16_384;
  static final int CAPACITY_BYTES = 4 << 20;

  private static final System.Logger LOG = System.getLogger(ListenerQueue.class.getName());
  private static final int BATCH = 256;

  private final TopicId topic;
  private final GossipListener listener;
  private final Executor executor;
  private final ArrayDeque<GossipEvent> events = new ArrayDeque<>();
  private long bytes;
  private long missed;
  private boolean running;
  private volatile boolean closed;

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
      if (events.size() >= CAPACITY || bytes + size(event) > CAPACITY_BYTES) {
        missed++;
        return;
      }
      tellMissed();
      events.add(event);
      bytes += size(event);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::drain);
  }

  private void tellMissed() {
    if (missed > 0) {
      events.add(new GossipEvent.Lagged(missed));
      missed = 0;
    }
  }

  private static int size(GossipEvent event) {
    return event instanceof GossipEvent.Received received ? received.content().size() : 0;
  }

  /** Nothing more is handed over, but what the listener is in just now. */
  void close() {
    synchronized (events) {
      closed = true;
      events.clear();
      missed = 0;
    }
  }

  /** Hands over what waits; after a whole batch others get their turn of the thread. */
  private void drain() {
    for (List<GossipEvent> batch = next(); !batch.isEmpty(); batch = next()) {
      batch.forEach(this::deliver);
      if (batch.size() == BATCH) {
        executor.execute(this::drain);
        return;
      }
    }
  }

  /** Takes what waits, up to a batch; once that is nothing, the next offer has to begin anew. */
  private List<GossipEvent> next() {
    List<GossipEvent> batch = new ArrayList<>();
    synchronized (events) {
      if (events.isEmpty()) {
        tellMissed();
      }
      while (batch.size() < BATCH && !events.isEmpty()) {
        GossipEvent next = events.remove();
        bytes -= size(next);
        batch.add(next);
      }
      running = !batch.isEmpty();
    }
    return batch;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong with one event, the next ones are handed over
  private void deliver(GossipEvent event) {
    if (closed) {
      return;
    }
    try {
      listener.onEvent(event);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of topic " + topic.shortText() + " failed", e);
    }
  }
}
