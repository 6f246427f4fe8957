package org.docs4j.engine.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;

/** A bounded queue of events between the live actor, which never waits, and a subscriber, which does. */
final class Subscription implements LiveEvents {
  /** What an event takes, besides the key of its entry. */
  private static final int EVENT_BYTES = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<LiveEvent> queue = new ArrayDeque<>();
  private final Consumer<Subscription> onClose;
  private long bytes;
  private long missed;
  private boolean closed;

  Subscription(Consumer<Subscription> onClose) {
    this.onClose = onClose;
  }

  /** Appends an event, or counts it as missed. */
  void offer(LiveEvent event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      int size = size(event);
      if (missed > 0 || queue.size() >= CAPACITY || bytes + size > CAPACITY_BYTES) {
        missed++;
      } else {
        queue.add(event);
        bytes += size;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<LiveEvent> poll(Duration timeout) {
    try {
      lock.lockInterruptibly();
      try {
        long nanos = timeout.toNanos();
        while (queue.isEmpty() && missed == 0 && !closed && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
        return take();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while waiting for an event", e);
    }
  }

  private Optional<LiveEvent> take() {
    LiveEvent next = queue.poll();
    if (next != null) {
      bytes -= size(next);
    } else if (missed > 0) {
      next = new LiveEvent.Lagged(missed);
      missed = 0;
    }
    return Optional.ofNullable(next);
  }

  private static int size(LiveEvent event) {
    if (event instanceof LiveEvent.InsertRemote remote) {
      return EVENT_BYTES + remote.entry().id().key().size();
    }
    return event instanceof LiveEvent.InsertLocal local ? EVENT_BYTES + local.entry().id().key().size() : EVENT_BYTES;
  }

  @Override
  public boolean isEnded() {
    lock.lock();
    try {
      return closed && queue.isEmpty() && missed == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
