package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.engine.live.LiveInput.Ending;
import org.docs4j.engine.session.AcceptOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is still to be done after a session that the peer began, since it may have been on its way before there was a reason. */
class LiveStateCrossingTest extends LiveStateCase {
  private static final Duration ON_ITS_WAY = LiveState.ON_ITS_WAY.minusNanos(1);

  @BeforeEach
  void start() {
    tell(new LiveInput.StartSync(DOC, List.of()));
  }

  private List<LiveOutput> ended(long session, Ending ending) {
    return tell(new LiveInput.SessionEnded(DOC, SMALL, session, ending));
  }

  /** The only dial for news after a session of the peer, and the end of it. */
  private void assertResyncedOnce(AcceptOutcome.Allow session) {
    List<LiveOutput> outputs = ended(session.session(), Ending.NOTHING_NEW);
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    LiveOutput.Dial dial = assertInstanceOf(LiveOutput.Dial.class, outputs.get(0));
    assertEquals(Origin.RESYNC, dial.origin());
    assertEquals(List.of(), ended(dial.session(), Ending.NOTHING_NEW));
  }

  private void assertGreetedOnce(AcceptOutcome.Allow session) {
    List<LiveOutput> outputs = ended(session.session(), Ending.NOTHING_NEW);
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
    LiveOutput.Dial dial = dialled(new LiveInput.Retry(DOC, SMALL, later.retry()));
    assertEquals(Origin.NEW_NEIGHBOR, dial.origin());
    assertEquals(List.of(), ended(dial.session(), Ending.NOTHING_NEW));
  }

  @Test
  void accept_whileDialledForNews_isFollowedByOneMoreSession() {
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    pass(ON_ITS_WAY);
    AcceptOutcome.Allow allow = allowed(SMALL);
    assertEquals(List.of(), ended(dial.session(), Ending.ALREADY_SYNCING));
    assertResyncedOnce(allow);
  }

  @Test
  void accept_afterTheDialForNewsWasDeclined_isFollowedByOneMoreSession() {
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    assertEquals(List.of(), ended(dial.session(), Ending.ALREADY_SYNCING), "no neighbour is not dialled again by itself");
    assertResyncedOnce(allowed(SMALL));
  }

  @Test
  void accept_whileDialledAndThereWasNewsMeanwhile_isFollowedByOneMoreSession() {
    start(SMALL);
    assertEquals(List.of(), tell(new LiveInput.News(DOC, SMALL)));
    assertResyncedOnce(allowed(SMALL));
  }

  @Test
  void accept_whileAcceptedAndThereWasNewsMeanwhile_isFollowedByOneMoreSession() {
    allowed(SMALL);
    assertEquals(List.of(), tell(new LiveInput.News(DOC, SMALL)));
    assertResyncedOnce(allowed(SMALL));
  }

  @Test
  void accept_whileNewsWaitsForADial_isFollowedByOneMoreSession() {
    LiveOutput.Dial dial = start(SMALL);
    assertEquals(1, ended(dial.session(), Ending.FAILURE).size());
    assertEquals(List.of(), tell(new LiveInput.News(DOC, SMALL)), "it waits");
    assertResyncedOnce(allowed(SMALL));
  }

  @Test
  void accept_whileNewsWaitsSinceThePairMakesNoProgress_isFollowedByOneMoreSession() {
    stalled(SMALL);
    assertInstanceOf(LiveOutput.RetryLater.class, tell(new LiveInput.News(DOC, SMALL)).get(0));
    tell(new LiveInput.Changed(DOC));
    assertResyncedOnce(allowed(SMALL));
  }

  /** What comes that late was begun after the peer had what it reported. */
  @Test
  void accept_longAfterNews_isEnough() {
    dialled(new LiveInput.News(DOC, SMALL));
    pass(LiveState.ON_ITS_WAY);
    assertEquals(List.of(), ended(allowed(SMALL).session(), Ending.NOTHING_NEW));
  }

  @Test
  void accept_whileDialledBecauseTheApplicationNamedThePeer_isEnough() {
    start(SMALL);
    assertEquals(List.of(), ended(allowed(SMALL).session(), Ending.NOTHING_NEW));
  }

  @Test
  void accept_afterSessionForNews_isEnough() {
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    assertEquals(List.of(), ended(dial.session(), Ending.SUCCESS));
    assertEquals(List.of(), ended(allowed(SMALL).session(), Ending.NOTHING_NEW));
    assertEquals(List.of(), ended(allowed(SMALL).session(), Ending.FAILURE), "nor is there anything to try again");
  }

  @Test
  void accept_whileDialledToGreet_isFollowedByThatStill() {
    LiveOutput.Dial dial = greeted(SMALL);
    pass(ON_ITS_WAY);
    AcceptOutcome.Allow allow = allowed(SMALL);
    assertEquals(List.of(), ended(dial.session(), Ending.ALREADY_SYNCING));
    assertGreetedOnce(allow);
  }

  @Test
  void accept_afterTheDialToGreetWasDeclined_isFollowedByThatStill() {
    LiveOutput.Dial dial = greeted(SMALL);
    assertEquals(1, ended(dial.session(), Ending.ALREADY_SYNCING).size(), "a neighbour is dialled again");
    assertGreetedOnce(allowed(SMALL));
  }

  @Test
  void accept_whileDialledToGreetWhoIsGone_isEnough() {
    greeted(SMALL);
    tell(new LiveInput.NeighborDown(DOC, SMALL));
    assertEquals(List.of(), ended(allowed(SMALL).session(), Ending.NOTHING_NEW));
  }

  /** It dials again if it was not our neighbour yet when it dialled, and else the session is past all that we may lack. */
  @Test
  void accept_ofNewNeighborThatGreetsByItself_isEnough() {
    greeting(SMALL);
    AcceptOutcome.Allow allow =
        assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, true, now));
    assertEquals(List.of(), ended(allow.session(), Ending.NOTHING_NEW));
    LiveOutput.Dial dial = greeted(SMALL);
    allow = assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, true, now));
    assertEquals(List.of(), ended(dial.session(), Ending.ALREADY_SYNCING));
    assertEquals(List.of(), ended(allow.session(), Ending.NOTHING_NEW));
  }

  /** Ends tell nothing of a session that the peer has given up for its next one. */
  @Test
  void accept_ofSessionsThatOverlap_countsTheirLackOfProgress() {
    for (int i = 0; i <= LiveState.ACCEPTED_STALLS + 1; i++) {
      allowed(SMALL);
    }
    assertEquals(reject(AbortReason.INTERNAL_SERVER_ERROR), accept(SMALL));
    tell(new LiveInput.Changed(DOC));
    allowed(SMALL);
  }

  /** They may have been cut off by a bad way, and tell nothing of what a session of ours would bring. */
  @Test
  void accept_ofSessionsThatOverlap_pausesNothingThatIsBegunHere() {
    AcceptOutcome.Allow last = allowed(SMALL);
    for (int i = 0; i < 20; i++) {
      last = allowed(SMALL);
    }
    assertEquals(List.of(), ended(last.session(), Ending.NOTHING_NEW));
    dialled(new LiveInput.News(DOC, SMALL));
  }
}
