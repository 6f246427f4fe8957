package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.docs4j.api.AbortReason;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.session.AcceptOutcome;

/** A state of live sync with a peer of a smaller id and one of a larger one, and what its tests do with it. */
abstract class LiveStateCase {
  static final NamespaceId DOC = new NamespaceId(new Bytes32(9, 9, 9, 9));
  static final EndpointId SMALL = new EndpointId(new Bytes32(1, 0, 0, 0));
  static final EndpointId SELF = new EndpointId(new Bytes32(2, 0, 0, 0));
  static final EndpointId LARGE = new EndpointId(new Bytes32(3, 0, 0, 0));

  final LiveState state = new LiveState(SELF, new Random(1));
  long now = Long.MAX_VALUE - 1000;

  List<LiveOutput> tell(LiveInput input) {
    List<LiveOutput> outputs = new ArrayList<>();
    state.handle(input, now, outputs::add);
    return outputs;
  }

  LiveOutput.Dial dialled(LiveInput input) {
    List<LiveOutput> outputs = tell(input);
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.Dial.class, outputs.get(0));
  }

  LiveOutput.Dial start(EndpointId peer) {
    return dialled(new LiveInput.StartSync(DOC, List.of(peer)));
  }

  LiveOutput.RetryLater greeting(EndpointId peer) {
    List<LiveOutput> outputs = tell(new LiveInput.NeighborUp(DOC, peer));
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.RetryLater.class, outputs.get(0));
  }

  /** A new neighbour that does not dial by itself. */
  LiveOutput.Dial greeted(EndpointId peer) {
    return dialled(new LiveInput.Retry(DOC, peer, greeting(peer).retry()));
  }

  static AcceptOutcome reject(AbortReason reason) {
    return new AcceptOutcome.Reject(reason);
  }

  /** A session that a peer begins which does not dial each new neighbour. */
  AcceptOutcome accept(EndpointId peer) {
    return state.accept(DOC, peer, false, now);
  }

  AcceptOutcome.Allow allowed(EndpointId peer) {
    return assertInstanceOf(AcceptOutcome.Allow.class, accept(peer));
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  LiveOutput.CheckLater seen() {
    List<LiveOutput> outputs = tell(new LiveInput.GossipSeen(DOC));
    assertEquals(1, outputs.size(), "outputs: " + outputs);
    return assertInstanceOf(LiveOutput.CheckLater.class, outputs.get(0));
  }

  /** A neighbour with which a session has just ended. */
  void neighbor(EndpointId peer) {
    tell(new LiveInput.StartSync(DOC, List.of()));
    LiveOutput.Dial dial = greeted(peer);
    tell(new LiveInput.SessionEnded(DOC, peer, dial.session(), LiveInput.Ending.SUCCESS));
    pass(Duration.ofSeconds(1));
  }

  /** Lets a session with a peer end without anything new, at once; returns the outputs. */
  List<LiveOutput> idle(LiveOutput.Dial dial) {
    return tell(new LiveInput.SessionEnded(DOC, dial.peer(), dial.session(), LiveInput.Ending.NOTHING_NEW));
  }

  /** Sessions without progress by news of a peer, so many that the next one has to wait. */
  void stalled(EndpointId peer) {
    tell(new LiveInput.StartSync(DOC, List.of()));
    for (int i = 0; i < 1 + LiveState.FREE_STALLS + 1; i++) {
      assertEquals(List.of(), idle(dialled(new LiveInput.News(DOC, peer))), "session " + i);
    }
  }

  /** The same until there is a delay; its number is the last one's. */
  LiveOutput.RetryLater stall() {
    stalled(LARGE);
    return assertInstanceOf(LiveOutput.RetryLater.class, tell(new LiveInput.News(DOC, LARGE)).get(0));
  }
}
