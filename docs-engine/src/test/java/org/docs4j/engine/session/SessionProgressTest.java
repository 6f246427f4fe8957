package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.docs4j.api.DocsTimeoutException;
import org.junit.jupiter.api.Test;

class SessionProgressTest {
  private static final int MAX = SessionProgress.MAX_IDLE_MESSAGES;

  private long nanos = Long.MAX_VALUE - 5;
  private final SessionProgress progress = new SessionProgress(() -> nanos);
  private long entries = 1000;

  private boolean goesOn(int messages, long stored, long values) {
    for (int i = 0; i < messages; i++) {
      CompletableFuture<Void> noted =
          progress.note(stored, values, () -> CompletableFuture.completedStage(entries)).toCompletableFuture();
      if (noted.isCompletedExceptionally()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void note_nothingMoved_failsAfterTheLimit() {
    assertTrue(goesOn(MAX - 1, 0, 0));
    assertFalse(goesOn(1, 0, 0));
  }

  @Test
  void note_entriesStored_neverFails() {
    assertTrue(goesOn(100 * MAX, 1, 500));
    assertTrue(goesOn(MAX - 1, 0, 0));
  }

  /** A halving of 10^9 entries for each single one that is found different, one after the other. */
  @Test
  void note_oneRangeAtATime_goesOnUntilEachEntryHasMovedTwice() {
    entries = 300;
    for (int i = 0; i < 2 * entries; i++) {
      assertTrue(goesOn(60, 0, 0));
      assertTrue(goesOn(1, 0, 1));
    }
    assertFalse(goesOn(1000, 0, 1));
  }

  /** A document that is emptied meanwhile: what moved before counts by what there was. */
  @Test
  void note_documentThatShrinks_countsByTheMostThereWas() {
    assertTrue(goesOn(MAX, 0, 5));
    entries = 1;
    assertTrue(goesOn(MAX, 0, 5));
  }

  @Test
  void note_slowMessagesThatBringNothing_failOnceTheTimeIsOver() {
    for (int i = 0; i < 20; i++) {
      nanos += SessionProgress.IDLE_TIME.toNanos() / 20;
      assertTrue(goesOn(1, 0, 0));
    }
    nanos++;
    assertFalse(goesOn(1, 0, 0));
  }

  @Test
  void note_slowMessagesThatMoveEntries_haveTimeForEach() {
    nanos += SessionProgress.IDLE_TIME.plusSeconds(500).toNanos();
    assertTrue(goesOn(1, 0, 500));
    nanos++;
    assertFalse(goesOn(1, 0, 0));
  }

  @Test
  void note_slowMessagesThatAreStored_haveAllTime() {
    for (int i = 0; i < 20; i++) {
      nanos += 2 * SessionProgress.IDLE_TIME.toNanos();
      assertTrue(goesOn(1, 1, 1));
    }
  }

  private boolean goesOnDuring(long values) {
    try {
      progress.during(0, values, () -> CompletableFuture.completedStage(entries));
      return true;
    } catch (DocsTimeoutException e) {
      return false;
    }
  }

  /** As where everything below a tombstone comes from a peer that does not know of it. */
  @Test
  void during_aHundredThousandOldEntriesAtTheSlowestSpeed_goesOnInASmallDocument() {
    entries = 1;
    for (int i = 0; i < 100_000; i++) {
      nanos += 1_000_000_000L * 1024 / FrameReader.LEAST_BYTES_PER_SECOND;
      assertTrue(goesOnDuring(i));
    }
  }

  @Test
  void during_sameEntriesAgainAndAgain_endsByTheSizeOfTheDocument() {
    entries = 16_000;
    nanos += SessionProgress.IDLE_TIME.plus(SessionProgress.MOVING_TIME).plusSeconds(1000).toNanos();
    assertTrue(goesOnDuring(1_000_000), "it is not known how many there are");
    assertTrue(goesOnDuring(1_000_000));
    nanos++;
    assertFalse(goesOnDuring(1_000_000));
  }

  @Test
  void note_sameEntriesInTwoSlowMessages_endsByTheSizeOfTheDocument() {
    entries = 16_000;
    nanos += SessionProgress.IDLE_TIME.plus(SessionProgress.MOVING_TIME).plusSeconds(1000).toNanos();
    assertTrue(goesOn(1, 0, 500_000));
    nanos++;
    assertFalse(goesOn(1, 0, 500_000));
  }

  @Test
  void note_sameEntriesAgainAndAgain_fails() {
    assertFalse(goesOn(MAX, 0, 1000));
  }
}
