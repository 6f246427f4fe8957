package org.docs4j.engine.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session that gets somewhere from one that a peer keeps for its own sake: each answer brings the two closer, so
 * messages that store nothing here and move no entry either way come in short runs, and an entry moves once or twice.
 *
 * <p>A peer that splits by two needs about one message for each halving: 30 in a row at 10^9 entries, also if it takes
 * one range at a time. However slowly they come: without anything stored here a session has {@link #IDLE_TIME}, and a
 * second more for each entry that moves, up to {@link #MOVING_TIME} and what the whole document takes twice at the slowest
 * speed: a peer may send the same entries for ever. For one thread at a time.
 */
final class SessionProgress {
  /** After how many messages in a row that stored nothing here a session is looked at. */
  static final int MAX_IDLE_MESSAGES = 128;

  /** How long a session may store nothing here: a peer that looks at all of 10^7 entries for each halving needs that. */
  static final Duration IDLE_TIME = Duration.ofMinutes(10);

  /** How much more time entries may earn in any document: what 100,000 old ones of 1 KiB take at the slowest speed. */
  static final Duration MOVING_TIME = Duration.ofMinutes(50);

  /** How many entries of 1 KiB come in a second at the slowest speed, when each may come twice. */
  private static final int TWICE_IN_A_SECOND = 16;

  private final Ticker ticker;
  private long since;
  private long storedBefore;
  private int idle;
  private long moved;
  private long movedBefore;
  private long mostEntries;
  private @Nullable CompletableFuture<Long> size;

  SessionProgress(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /**
   * Counts a message of the peer and its answer.
   *
   * @param stored how many of its entries were new and stored
   * @param values how many entries it and its answer have
   * @param count asks how many entries the document has
   * @return fails with {@link DocsTimeoutException} if the session gets nowhere
   */
  CompletableFuture<Void> note(long stored, long values, Supplier<CompletionStage<Long>> count) {
    storedBefore = 0;
    if (stored > 0) {
      idle = 0;
      moved = 0;
      movedBefore = 0;
      stored();
      return CompletableFuture.completedFuture(null);
    }
    moved += values;
    idle++;
    if (idle < MAX_IDLE_MESSAGES && !isTooLong(moved)) {
      return CompletableFuture.completedFuture(null);
    }
    return count.get().thenAccept(this::check).toCompletableFuture();
  }

  /**
   * Looks at a message that is still coming.
   *
   * @param stored how many of its entries were new and stored so far
   * @param values how many of them were valid
   * @param count asks how many entries the document has
   * @throws DocsTimeoutException if the session gets nowhere
   */
  void during(long stored, long values, Supplier<CompletionStage<Long>> count) {
    if (stored > storedBefore) {
      storedBefore = stored;
      stored();
    }
    if (!isTooLong(moved + values)) {
      return;
    }
    CompletableFuture<Long> asked = size;
    if (asked == null) {
      size = count.get().toCompletableFuture();
    } else if (asked.isDone()) {
      mostEntries = Math.max(mostEntries, asked.join());
      failIfTooLong(moved + values);
    }
  }

  private void stored() {
    since = ticker.nanos();
    size = null;
  }

  private boolean isTooLong(long entries) {
    long earned = Math.min(entries, MOVING_TIME.toSeconds() + mostEntries / TWICE_IN_A_SECOND);
    return ticker.since(since).compareTo(IDLE_TIME.plusSeconds(earned)) > 0;
  }

  private void failIfTooLong(long entries) {
    if (isTooLong(entries)) {
      throw new DocsTimeoutException("the peer made no progress in " + ticker.since(since).toSeconds() + " s");
    }
  }

  private void check(long entries) {
    mostEntries = Math.max(mostEntries, entries);
    failIfTooLong(moved);
    if (idle < MAX_IDLE_MESSAGES) {
      return;
    }
    if (moved == movedBefore || moved > 2 * mostEntries) {
      throw new DocsTimeoutException("the peer made no progress in " + idle + " messages");
    }
    idle = 0;
    movedBefore = moved;
  }
}
