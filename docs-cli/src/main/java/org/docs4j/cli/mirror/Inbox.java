package org.docs4j.cli.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.LiveEvent;

/** A bounded queue of what the mirror's own thread has to hear; who is too fast waits. */
final class Inbox {
  private static final int CAPACITY = 4096;
  private static final long TURN_MILLIS = 200;

  private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(CAPACITY);
  private volatile boolean closed;

  /** Something to hear. */
  sealed interface Note {}

  /**
   * For the core.
   *
   * @param input what
   */
  record ForCore(Input input) implements Note {}

  /**
   * Something happened to a path of the folder.
   *
   * @param path the path, {@code ""} for anywhere
   */
  record Touched(String path) implements Note {}

  /**
   * Something happened to the document.
   *
   * @param event what
   */
  record Happened(LiveEvent event) implements Note {}

  /** The end was asked for. */
  record End() implements Note {}

  /** Adds a note; waits while the queue is full, and drops it once nobody listens any more. */
  void put(Note note) {
    boolean taken = false;
    while (!taken && !closed) {
      try {
        taken = notes.offer(note, TURN_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Waits for the next note. */
  Optional<Note> poll(Duration timeout) {
    try {
      return Optional.ofNullable(notes.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new End());
    }
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return notes.isEmpty();
  }

  /** Nobody listens from now on. */
  void close() {
    closed = true;
    notes.clear();
  }
}
