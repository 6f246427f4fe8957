package org.docs4j.engine.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.docs4j.api.spi.gossip.GossipEvent.Received;

/**
 * Messages of one swarm that wait to be worked on, many together. However many there are, never more of the computing pool's
 * tasks are about them than there are processors, and each of these is short: a flood in one swarm holds neither sessions nor
 * other swarms up. Safe to use from any thread.
 */
final class SwarmInbox {
  /** How many messages are worked on together: two signatures each, see {@link org.docs4j.api.crypto.SignatureBatch}. */
  static final int BATCH = 64;

  /** How many batches are worked on at once at most. */
  static final int LANES = Runtime.getRuntime().availableProcessors();

  private final Executor compute;
  private final Consumer<List<Received>> work;
  private final ArrayDeque<Received> waiting = new ArrayDeque<>();
  private int lanes;

  /**
   * Nothing waits.
   *
   * @param work takes messages, on threads of {@code compute}
   */
  SwarmInbox(Executor compute, Consumer<List<Received>> work) {
    this.compute = compute;
    this.work = work;
  }

  /**
   * Adds a message; how many may wait is the caller's business.
   *
   * @param most how many batches may be worked on at once then, up to {@link #LANES}
   */
  void add(Received message, int most) {
    synchronized (waiting) {
      waiting.add(message);
      if (lanes >= most) {
        return;
      }
      lanes++;
    }
    compute.execute(this::run);
  }

  private void run() {
    try {
      work.accept(next());
    } finally {
      goOn();
    }
  }

  private List<Received> next() {
    List<Received> batch = new ArrayList<>();
    synchronized (waiting) {
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
    }
    return batch;
  }

  /** Others have their turn of the thread before the next batch. */
  private void goOn() {
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        lanes--;
        return;
      }
    }
    compute.execute(this::run);
  }
}
