package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.engine.session.AcceptOutcome;
import org.junit.jupiter.api.Test;

/** How failures and pairs without progress are put off. */
class LiveStateRetryTest extends LiveStateCase {
  @Test
  void sessionEnded_declinedAsAlreadySyncing_isIdleAgainAndRetried() {
    LiveOutput.Dial dial = start(LARGE);
    List<LiveOutput> outputs =
        tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.ALREADY_SYNCING));
    LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
    assertEquals(LARGE, dialled(new LiveInput.Retry(DOC, LARGE, later.retry())).peer());
  }

  @Test
  void sessionEnded_failure_isRetriedWithGrowingDelay() {
    LiveOutput.Dial dial = start(LARGE);
    long longest = 0;
    for (int i = 0; i < 12; i++) {
      List<LiveOutput> outputs =
          tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE));
      LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
      assertTrue(later.delay().compareTo(LiveState.LAST_RETRY) <= 0, "delay " + later.delay());
      longest = Math.max(longest, later.delay().toMillis());
      dial = dialled(new LiveInput.Retry(DOC, LARGE, later.retry()));
    }
    assertTrue(longest >= LiveState.LAST_RETRY.toMillis() / 2, "longest " + longest);
  }

  @Test
  void retry_afterSuccessInBetween_doesNothing() {
    LiveOutput.Dial dial = start(LARGE);
    LiveOutput.RetryLater later =
        (LiveOutput.RetryLater)
            tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE)).get(0);
    AcceptOutcome.Allow allow = allowed(LARGE);
    tell(new LiveInput.SessionEnded(DOC, LARGE, allow.session(), LiveInput.Ending.SUCCESS));
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, LARGE, later.retry())));
  }

  @Test
  void news_ofPairWithoutProgress_isFollowedAfterAGrowingDelayAndOnceForAll() {
    LiveOutput.RetryLater later = stall();
    long longest = 0;
    for (int i = 0; i < 14; i++) {
      assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)), "one delay for all news");
      assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
      assertTrue(later.delay().compareTo(LiveState.LAST_STALL) <= 0, "delay " + later.delay());
      longest = Math.max(longest, later.delay().toMillis());
      pass(later.delay());
      idle(dialled(new LiveInput.Retry(DOC, LARGE, later.retry())));
      later = (LiveOutput.RetryLater) tell(new LiveInput.News(DOC, LARGE)).get(0);
    }
    assertTrue(longest >= LiveState.LAST_STALL.toMillis() / 2, "longest " + longest);
  }

  @Test
  void pairWithoutProgress_afterSomethingWasStoredOrTheApplicationAsks_syncsAtOnce() {
    stall();
    LiveOutput.Dial asked = start(LARGE);
    assertEquals(Origin.DIRECT_JOIN, asked.origin());
    idle(asked);
    tell(new LiveInput.Changed(DOC));
    LiveOutput.Dial dial = greeted(LARGE);
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS));
    for (int i = 0; i < LiveState.FREE_STALLS; i++) {
      idle(dialled(new LiveInput.News(DOC, LARGE)));
    }
    dialled(new LiveInput.News(DOC, LARGE));
  }

  @Test
  void resync_ofPairWithoutProgress_waitsAsWell() {
    LiveOutput.RetryLater later = stall();
    pass(later.delay());
    LiveOutput.Dial dial = dialled(new LiveInput.Retry(DOC, LARGE, later.retry()));
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    assertInstanceOf(LiveOutput.RetryLater.class, idle(dial).get(0));
  }

  @Test
  void accept_ofPairWithoutProgress_isDeclinedOnlyIfItComesTooOftenAndTooSoon() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    for (int i = 0; i <= LiveState.ACCEPTED_STALLS; i++) {
      AcceptOutcome.Allow allow = assertInstanceOf(AcceptOutcome.Allow.class, accept(SMALL), "" + i);
      tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.NOTHING_NEW));
    }
    assertEquals(reject(AbortReason.INTERNAL_SERVER_ERROR), accept(SMALL));
    assertInstanceOf(AcceptOutcome.Allow.class, accept(LARGE));
    pass(LiveState.FIRST_STALL);
    assertInstanceOf(AcceptOutcome.Allow.class, accept(SMALL));
    assertEquals(reject(AbortReason.INTERNAL_SERVER_ERROR), accept(SMALL));
    tell(new LiveInput.Changed(DOC));
    assertInstanceOf(AcceptOutcome.Allow.class, accept(SMALL));
  }

  @Test
  void sessionEnded_refusedByTheApplication_isNotRetriedByItself() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.REFUSED)));
    dialled(new LiveInput.News(DOC, LARGE));
  }

  @Test
  void news_duringTheDelayAfterAFailure_waitsForIt() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE));
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    greeted(LARGE);
  }
}
