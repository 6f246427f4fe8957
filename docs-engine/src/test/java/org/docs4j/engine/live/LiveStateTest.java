package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.session.AcceptOutcome;
import org.junit.jupiter.api.Test;

class LiveStateTest {
  private static final NamespaceId DOC = new NamespaceId(new Bytes32(9, 9, 9, 9));
  private static final EndpointId SMALL = new EndpointId(new Bytes32(1, 0, 0, 0));
  private static final EndpointId SELF = new EndpointId(new Bytes32(2, 0, 0, 0));
  private static final EndpointId LARGE = new EndpointId(new Bytes32(3, 0, 0, 0));

  private final LiveState state = new LiveState(SELF, new Random(1));
  private long now = Long.MAX_VALUE - 1000;

  private List<LiveOutput> tell(LiveInput input) {
    List<LiveOutput> outputs = new ArrayList<>();
    state.handle(input, now, outputs::add);
    return outputs;
  }

  private LiveOutput.Dial dialled(LiveInput input) {
    List<LiveOutput> outputs = tell(input);
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.Dial.class, outputs.get(0));
  }

  private LiveOutput.Dial start(EndpointId peer) {
    return dialled(new LiveInput.StartSync(DOC, List.of(peer)));
  }

  private LiveOutput.RetryLater greeting(EndpointId peer) {
    List<LiveOutput> outputs = tell(new LiveInput.NeighborUp(DOC, peer));
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
  }

  /** A new neighbour that does not dial by itself. */
  private LiveOutput.Dial greeted(EndpointId peer) {
    return dialled(new LiveInput.Retry(DOC, peer, greeting(peer).retry()));
  }

  private static AcceptOutcome reject(AbortReason reason) {
    return new AcceptOutcome.Reject(reason);
  }

  @Test
  void accept_documentNotSyncing_isNotFound() {
    assertEquals(reject(AbortReason.NOT_FOUND), state.accept(DOC, SMALL, now));
  }

  @Test
  void accept_idlePeer_isAllowedAndNotDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)));
  }

  @Test
  void accept_crossingConnections_theOneDialledByTheSmallerIdSurvives() {
    start(SMALL);
    start(LARGE);
    assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
    assertEquals(reject(AbortReason.ALREADY_SYNCING), state.accept(DOC, LARGE, now));
  }

  @Test
  void sessionEnded_ofSupersededDial_leavesTheAcceptedSessionRunning() {
    LiveOutput.Dial dial = start(SMALL);
    AcceptOutcome.Allow allow = assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
    assertEquals(
        List.of(),
        tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.ALREADY_SYNCING, 0)));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)), "it is still under way");
    tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.SUCCESS, 1));
    greeted(SMALL);
  }

  @Test
  void sessionEnded_declinedAsAlreadySyncing_isIdleAgainAndRetried() {
    LiveOutput.Dial dial = start(LARGE);
    List<LiveOutput> outputs =
        tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.ALREADY_SYNCING, 0));
    LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
    assertEquals(LARGE, dialled(new LiveInput.Retry(DOC, LARGE, later.retry())).peer());
  }

  @Test
  void sessionEnded_failure_isRetriedWithGrowingDelay() {
    LiveOutput.Dial dial = start(LARGE);
    long longest = 0;
    for (int i = 0; i < 12; i++) {
      List<LiveOutput> outputs =
          tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE, 0));
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
            tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE, 0)).get(0);
    AcceptOutcome.Allow allow = (AcceptOutcome.Allow) state.accept(DOC, LARGE, now);
    tell(new LiveInput.SessionEnded(DOC, LARGE, allow.session(), LiveInput.Ending.SUCCESS, 1));
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, LARGE, later.retry())));
  }

  @Test
  void news_duringSession_isOneMoreSessionAfterIt() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    LiveOutput.Dial again =
        dialled(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS, 1));
    assertEquals(Origin.RESYNC, again.origin());
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, again.session(), LiveInput.Ending.SUCCESS, 1)));
  }

  @Test
  void news_ofIdlePeer_isDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertEquals(Origin.SYNC_REPORT, dialled(new LiveInput.News(DOC, SMALL)).origin());
  }

  @Test
  void neighborUp_ofIdlePeer_isDialledAndRetriedOnlyWhileNeighbor() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.Dial dial = greeted(SMALL);
    assertEquals(Origin.NEW_NEIGHBOR, dial.origin());
    tell(new LiveInput.NeighborDown(DOC, SMALL));
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.FAILURE, 0)));
  }

  @Test
  void neighborUp_ofPeerThatDialsByItself_isNotDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.RetryLater later = greeting(SMALL);
    AcceptOutcome.Allow allow = (AcceptOutcome.Allow) state.accept(DOC, SMALL, now);
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, SMALL, later.retry())));
    tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.SUCCESS, 1));
    assertEquals(List.of(), tell(new LiveInput.Retry(DOC, SMALL, later.retry())));
  }

  @Test
  void neighborUp_ofTwoThatBothWait_dialAtDifferentTimes() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertEquals(LiveState.GREETING, greeting(LARGE).delay());
    assertTrue(greeting(SMALL).delay().compareTo(LiveState.GREETING) > 0);
  }

  @Test
  void neighborUp_afterSessionThatBroughtEverything_isNotDialledUnlessSomethingWasStoredSince() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.Changed(DOC));
    tell(new LiveInput.Changed(DOC));
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS, 2));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
    tell(new LiveInput.Changed(DOC));
    greeting(LARGE);
  }

  @Test
  void neighborUp_againWithoutSessionInBetween_isDialled() {
    idle(start(LARGE));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
    tell(new LiveInput.NeighborDown(DOC, LARGE));
    greeted(LARGE);
  }

  @Test
  void neighborUp_duringSession_isDialledAfterwardsIfSomethingElseWasStored() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, LARGE)));
    tell(new LiveInput.Changed(DOC));
    tell(new LiveInput.Changed(DOC));
    List<LiveOutput> outputs =
        tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS, 1));
    LiveOutput.RetryLater later = assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
    assertEquals(Origin.NEW_NEIGHBOR, dialled(new LiveInput.Retry(DOC, LARGE, later.retry())).origin());
  }

  @Test
  void leave_withSessionRunning_forgetsEverything() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.Leave(DOC));
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE, 0)));
    assertEquals(reject(AbortReason.NOT_FOUND), state.accept(DOC, LARGE, now));
  }

  @Test
  void startSync_withSelf_dialsNobody() {
    assertEquals(List.of(), tell(new LiveInput.StartSync(DOC, List.of(SELF))));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private LiveOutput.CheckLater seen() {
    List<LiveOutput> outputs = tell(new LiveInput.GossipSeen(DOC));
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.CheckLater.class, outputs.get(0));
  }

  /** A neighbour with which a session has just ended. */
  private void neighbor(EndpointId peer) {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.Dial dial = greeted(peer);
    tell(new LiveInput.SessionEnded(DOC, peer, dial.session(), LiveInput.Ending.SUCCESS, 1));
    pass(Duration.ofSeconds(1));
  }

  @Test
  void accept_duringAcceptedSession_supersedesIt() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    AcceptOutcome.Allow old = (AcceptOutcome.Allow) state.accept(DOC, SMALL, now);
    AcceptOutcome.Allow young = assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
    assertTrue(old.session() != young.session());
    assertEquals(List.of(), tell(new LiveInput.SessionEnded(DOC, SMALL, old.session(), LiveInput.Ending.FAILURE, 0)));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)), "the young one is still under way");
    tell(new LiveInput.SessionEnded(DOC, SMALL, young.session(), LiveInput.Ending.SUCCESS, 1));
    greeted(SMALL);
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
    dialled(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS, 1));
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
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS, 1));
    pass(Duration.ofSeconds(5));
    assertEquals(LiveState.CHECK_SPACING.minusSeconds(5), seen().delay());
  }

  @Test
  void check_afterSessionBegunSinceTheLastGossip_dialsNobody() {
    neighbor(SMALL);
    LiveOutput.CheckLater later = seen();
    pass(Duration.ofSeconds(1));
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS, 1));
    pass(later.delay());
    assertEquals(List.of(), tell(new LiveInput.Check(DOC)));
  }

  /** Lets a session with a peer end without anything new, at once; returns the outputs. */
  private List<LiveOutput> idle(LiveOutput.Dial dial) {
    return tell(new LiveInput.SessionEnded(DOC, dial.peer(), dial.session(), LiveInput.Ending.NOTHING_NEW, 0));
  }

  /** Sessions without progress by news of a peer until there is a delay; its number is the last one's. */
  private LiveOutput.RetryLater stall() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    for (int i = 0; i < 1 + LiveState.FREE_STALLS + 1; i++) {
      assertEquals(List.of(), idle(dialled(new LiveInput.News(DOC, LARGE))), "session " + i);
    }
    return assertInstanceOf(LiveOutput.RetryLater.class, tell(new LiveInput.News(DOC, LARGE)).get(0));
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
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS, 1));
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
      AcceptOutcome.Allow allow = assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now), "" + i);
      tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.NOTHING_NEW, 0));
    }
    assertEquals(reject(AbortReason.INTERNAL_SERVER_ERROR), state.accept(DOC, SMALL, now));
    assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, LARGE, now));
    pass(LiveState.FIRST_STALL);
    assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
    assertEquals(reject(AbortReason.INTERNAL_SERVER_ERROR), state.accept(DOC, SMALL, now));
    tell(new LiveInput.Changed(DOC));
    assertInstanceOf(AcceptOutcome.Allow.class, state.accept(DOC, SMALL, now));
  }

  @Test
  void sessionEnded_refusedByTheApplication_isNotRetriedByItself() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.REFUSED, 0)));
    dialled(new LiveInput.News(DOC, LARGE));
  }

  @Test
  void news_duringTheDelayAfterAFailure_waitsForIt() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE, 0));
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    greeted(LARGE);
  }

  @Test
  void check_afterGossipDuringTheSession_isStillMade() {
    neighbor(SMALL);
    LiveOutput.Dial dial = dialled(new LiveInput.News(DOC, SMALL));
    pass(Duration.ofSeconds(1));
    LiveOutput.CheckLater later = seen();
    tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.SUCCESS, 1));
    pass(later.delay());
    dialled(new LiveInput.Check(DOC));
  }
}
