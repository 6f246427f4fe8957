package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.engine.session.AcceptOutcome;
import org.junit.jupiter.api.Test;

/** Who syncs with whom, and which of two sessions goes on. */
class LiveStateTest extends LiveStateCase {
  @Test
  void accept_documentNotSyncing_isNotFound() {
    assertEquals(reject(AbortReason.NOT_FOUND), accept(SMALL));
  }

  @Test
  void accept_idlePeer_isAllowedAndNotDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertInstanceOf(AcceptOutcome.Allow.class, accept(SMALL));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)));
  }

  @Test
  void accept_crossingConnections_theOneDialledByTheSmallerIdSurvives() {
    start(SMALL);
    start(LARGE);
    assertInstanceOf(AcceptOutcome.Allow.class, accept(SMALL));
    assertEquals(reject(AbortReason.ALREADY_SYNCING), accept(LARGE));
  }

  @Test
  void sessionEnded_ofSupersededDial_leavesTheAcceptedSessionRunning() {
    LiveOutput.Dial dial = start(SMALL);
    AcceptOutcome.Allow allow = allowed(SMALL);
    assertEquals(
        List.of(),
        tell(new LiveInput.SessionEnded(DOC, SMALL, dial.session(), LiveInput.Ending.ALREADY_SYNCING)));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)), "it is still under way");
    tell(new LiveInput.SessionEnded(DOC, SMALL, allow.session(), LiveInput.Ending.SUCCESS));
    greeted(SMALL);
  }

  @Test
  void news_duringSession_isOneMoreSessionAfterIt() {
    LiveOutput.Dial dial = start(LARGE);
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    assertEquals(List.of(), tell(new LiveInput.News(DOC, LARGE)));
    LiveOutput.Dial again =
        dialled(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.SUCCESS));
    assertEquals(Origin.RESYNC, again.origin());
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, again.session(), LiveInput.Ending.SUCCESS)));
  }

  @Test
  void news_ofIdlePeer_isDialled() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    assertEquals(Origin.SYNC_REPORT, dialled(new LiveInput.News(DOC, SMALL)).origin());
  }

  @Test
  void leave_withSessionRunning_forgetsEverything() {
    LiveOutput.Dial dial = start(LARGE);
    tell(new LiveInput.Leave(DOC));
    assertEquals(
        List.of(), tell(new LiveInput.SessionEnded(DOC, LARGE, dial.session(), LiveInput.Ending.FAILURE)));
    assertEquals(reject(AbortReason.NOT_FOUND), accept(LARGE));
  }

  @Test
  void startSync_withSelf_dialsNobody() {
    assertEquals(List.of(), tell(new LiveInput.StartSync(DOC, List.of(SELF))));
  }

  @Test
  void accept_duringAcceptedSession_supersedesIt() {
    tell(new LiveInput.StartSync(DOC, List.of()));
    AcceptOutcome.Allow old = allowed(SMALL);
    AcceptOutcome.Allow young = allowed(SMALL);
    assertTrue(old.session() != young.session());
    assertEquals(List.of(), tell(new LiveInput.SessionEnded(DOC, SMALL, old.session(), LiveInput.Ending.FAILURE)));
    assertEquals(List.of(), tell(new LiveInput.NeighborUp(DOC, SMALL)), "the young one is still under way");
    tell(new LiveInput.SessionEnded(DOC, SMALL, young.session(), LiveInput.Ending.SUCCESS));
    greeted(SMALL);
  }

  /** What tells a peer that is remembered from one that is not: the pair makes no progress, so the next session waits. */
  @Test
  void peers_beyondTheLimit_pushOutIdleOnesButNoNeighborAndNoSession() {
    EndpointId syncing = new EndpointId(new Bytes32(4, 0, 0, 0));
    stalled(LARGE);
    stalled(SMALL);
    greeting(SMALL);
    assertInstanceOf(AcceptOutcome.Allow.class, accept(syncing));
    for (int i = 3; i < 1024; i++) {
      tell(new LiveInput.NeighborDown(DOC, new EndpointId(new Bytes32(5, i, 0, 0))));
    }
    assertInstanceOf(LiveOutput.RetryLater.class, tell(new LiveInput.News(DOC, LARGE)).get(0));
    tell(new LiveInput.NeighborDown(DOC, new EndpointId(new Bytes32(6, 0, 0, 0))));
    assertEquals(LARGE, dialled(new LiveInput.News(DOC, LARGE)).peer());
    assertEquals(List.of(), tell(new LiveInput.News(DOC, SMALL)), "it waits for its session");
    assertEquals(List.of(), tell(new LiveInput.News(DOC, syncing)), "it follows the session");
  }
}
