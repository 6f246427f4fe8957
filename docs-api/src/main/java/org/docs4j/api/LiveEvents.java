package org.docs4j.api;

import java.time.Duration;
import java.util.Optional;

/**
 * A subscription to the events of a document, taken by pulling.
 *
 * <p>At most {@value #CAPACITY} events wait, and fewer if the keys of their entries are so long that they would take more than
 * {@value #CAPACITY_BYTES} bytes; when more come, the newest are dropped and replaced by one {@link LiveEvent.Lagged} that
 * counts them. A slow subscriber never holds anything else up. One thread at a time.
 */
public interface LiveEvents extends AutoCloseable {
  /** How many events wait at most. */
  int CAPACITY = 1024;

  /** How many bytes the events that wait take at most; one with the longest key always fits. */
  int CAPACITY_BYTES = 4 << 20;

  /**
   * Waits for the next event; empty when the time ran out, or the subscription or the document was closed and all
   * events were taken.
   *
   * @throws DocsInterruptedException if the thread was interrupted; no event is lost
   */
  Optional<LiveEvent> poll(Duration timeout);

  /** Whether it was closed and all events were taken. */
  boolean isEnded();

  /** Ends the subscription; a waiting {@link #poll} returns. Idempotent. */
  @Override
  void close();
}
