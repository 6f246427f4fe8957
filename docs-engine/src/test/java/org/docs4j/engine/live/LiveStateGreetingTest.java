package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.engine.session.AcceptOutcome;
import org.junit.jupiter.api.Test;

/** When neighbours of the swarm are dialled, and checked. */
class LiveStateGreetingTest extends LiveStateCase {
  @Test
  void neighborUp_ofIdlePeer_isDialledAndRetriedOnlyWhileNeighbor() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.Dial dial = greeted(SMALL);
    assertEquals(Origin.NEW_NEIGHBOR, dial.origin());
    tell(new LiveInput.NeighborDown(DOC, SMALL));
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.FAILURE)));
  }

  @Test
  void neighborUp_ofPeerThatDialsByItself_isNotDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.RetryLater later = greeting(SMALL);
    pass(LiveState.ON_ITS_WAY);
    AcceptOutcome.Allow allow = allowed(SMALL);
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, SMALL, later.retry())));
    assertEquals(List.of(), tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.SUCCESS)));
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, SMALL, later.retry())));
  }

  /** The peer's session may have been past what it stored last before it knew of its new neighbour. */
  @Test
  void neighborUp_ofPeerWhoseSessionWasOnItsWay_isDialledAfterwards() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    greeting(SMALL);
    pass(LiveState.ON_ITS_WAY.minusNanos(1));
    AcceptOutcome.Allow allow = allowed(SMALL);
    LiveOutput.Dial dial = greetedAfter(SMALL, allow.session());
    assertEquals(List.of(), idle(dial));
  }

  @Test
  void neighborUp_ofTwoThatBothWait_dialAtDifferentTimes() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertEquals(LiveState.GREETING, greeting(LARGE).delay());
    assertTrue(greeting(SMALL).delay().compareTo(LiveState.GREETING) > 0);
  }

  /** It does not dial by itself if it was in that session still. */
  @Test
  void neighborUp_afterSessionThatBroughtEverything_isDialled() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.Changed(DOC));
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS));
    assertEquals(List.of(), idle(greeted(LARGE)));
  }

  @Test
  void neighborUp_duringSessionThatWeBegan_isDialledAfterwards() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
    assertEquals(List.of(), idle(greetedAfter(LARGE, dial.session())));
  }

  @Test
  void neighborUp_duringSessionThatThePeerBegan_isDialledAfterwards() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    AcceptOutcome.Allow allow = allowed(LARGE);
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
    assertEquals(List.of(), idle(greetedAfter(LARGE, allow.session())));
  }

  @Test
  void neighborUp_duringSessionAndGoneBeforeItsEnd_isNotDialled() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.NeighborUp(DOC, LARGE));
    tell(new LiveInput.NeighborDown(DOC, LARGE));
    assertEquals(List.of(), idle(dial));
  }

  /** The session with a new neighbour that follows from the end of one. */
  private LiveOutput.Dial greetedAfter(EndpointId peer, long session) {
    List<LiveOutput> outputs = tell(new LiveInput.SessionEnded(DOC, peer, session, LiveInput.Ending.NOTHING_NEW));
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
    LiveOutput.Dial dial = dialled(new LiveInput.Retry(DOC, peer, later.retry()));
    assertEquals(Origin.NEW_NEIGHBOR, dial.origin());
    return dial;
  }

  @Test
  void gossipLost_withNeighbors_dialsEachOfThemAndNobodyElse() {
    neighbor(SMALL);
    neighbor(LARGE);
    dialled(new LiveInput.News(DOC, new EndpointId(new Bytes32(4, 0, 0, 0))));
    List<EndpointId> peers =
        tell(new LiveInput.GossipLost(DOC)).stream().map(output -> ((LiveOutput.Dial) output).peer()).toList();
    assertEquals(List.of(SMALL, LARGE), peers);
    assertEquals(List.of(), tell(new LiveInput.GossipLost(DOC)));
  }

  @Test
  void gossipLost_duringSession_isOneMoreSessionAfterIt() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.Dial dial = greeted(SMALL);
    assertEquals(List.of(), tell(new LiveInput.GossipLost(DOC)));
    dialled(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS));
  }

  @Test
  void gossipSeen_thenQuiet_isCheckedWithOneNeighborOnce() {
    neighbor(SMALL);
    neighbor(LARGE);
    assertEquals(LiveState.CHECK_QUIET, seen().delay());
    pass(LiveState.CHECK_QUIET);
    dialled(new LiveInput.Check(DOC));
    assertEquals(List.of(), tell(new LiveInput.Check(DOC)));
  }

  @Test
  void gossipSeen_goingOn_putsTheCheckOffButNotForEver() {
    neighbor(SMALL);
    LiveOutput.CheckLater later = seen();
    Duration waited = Duration.ZERO;
    while (true) {
      pass(later.delay().minusSeconds(1));
      assertEquals(List.of(), tell(new LiveInput.GossipSeen(DOC)));
      pass(Duration.ofSeconds(1));
      waited = waited.plus(later.delay());
      LiveOutput output = tell(new LiveInput.Check(DOC)).get(0);
      if (output instanceof LiveOutput.Dial) {
        break;
      }
      later = (LiveOutput.CheckLater) output;
    }
    assertEquals(LiveState.CHECK_SPACING, waited);
  }

  @Test
  void gossipSeen_afterCheck_isCheckedNoSoonerThanTheSpacingAllows() {
    neighbor(SMALL);
    pass(seen().delay());
    LiveOutput.Dial dial = dialled(new LiveInput.Check(DOC));
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS));
    pass(Duration.ofSeconds(5));
    assertEquals(LiveState.CHECK_SPACING.minusSeconds(5), seen().delay());
  }

  @Test
  void check_afterSessionBegunSinceTheLastGossip_dialsNobody() {
    neighbor(SMALL);
    LiveOutput.CheckLater later = seen();
    pass(Duration.ofSeconds(1));
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS));
    pass(later.delay());
    assertEquals(List.of(), tell(new LiveInput.Check(DOC)));
  }

  @Test
  void check_afterGossipDuringTheSession_isStillMade() {
    neighbor(SMALL);
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    pass(Duration.ofSeconds(1));
    LiveOutput.CheckLater later = seen();
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS));
    pass(later.delay());
    dialled(new LiveInput.Check(DOC));
  }
}
