package org.docs4j.cli.mirror;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.docs4j.api.spi.Ticker;
import org.jspecify.annotations.Nullable;

/** Runs tasks on a few threads at a time; the queue is bounded by the caller, who has one task for each path at most. */
final class Workers {
  private final int most;
  private final Executor executor;
  private final Consumer<Action> work;
  private final Deque<Action> waiting = new ArrayDeque<>();
  private int running;
  private boolean closed;

  Workers(int most, Executor executor, Consumer<Action> work) {
    this.most = most;
    this.executor = executor;
    this.work = work;
  }

  /** Adds a task; does nothing once closed. */
  synchronized void add(Action action) {
    if (closed) {
      return;
    }
    waiting.add(action);
    if (running < most) {
      running++;
      executor.execute(this::run);
    }
  }

  private void run() {
    for (Action next = take(); next != null; next = take()) {
      work.accept(next);
    }
  }

  private synchronized @Nullable Action take() {
    Action next = closed ? null : waiting.poll();
    if (next == null) {
      running--;
      notifyAll();
    }
    return next;
  }

  /** Drops what waits, and waits a while for what runs. */
  synchronized void close(Duration patience, Ticker ticker) {
    closed = true;
    waiting.clear();
    long began = ticker.nanos();
    try {
      while (running > 0 && ticker.since(began).compareTo(patience) < 0) {
        TimeUnit.MILLISECONDS.timedWait(this, 100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
