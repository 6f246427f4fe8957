package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.SyncAccess.Decision;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.ForwardingExecutor;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessGateTest {
  private static final NamespaceId DOC = new NamespaceId(new Bytes32(9, 9, 9, 9));
  private static final EndpointId PEER = new EndpointId(new Bytes32(1, 0, 0, 0));
  private static final Decision FAILED = new Decision.Refuse(AbortReason.INTERNAL_SERVER_ERROR);

  private final SimEnvironment sim = SimEnvironment.create();

  private AccessGate gate(SyncAccess access) {
    return new AccessGate(access, sim.environment("node"));
  }

  private Decision ask(AccessGate gate) {
    CompletableFuture<Decision> decision = gate.ask(DOC, PEER);
    sim.runUntil(decision::isDone, Duration.ofMinutes(1));
    return decision.join();
  }

  @Test
  void ask_whatTheApplicationDecides_isGiven() {
    Decision refused = new Decision.Refuse();
    assertEquals(new Decision.Refuse(AbortReason.NOT_FOUND), refused);
    assertSame(refused, ask(gate((document, peer) -> document.equals(DOC) && peer.equals(PEER) ? refused : FAILED)));
    assertEquals(new Decision.Allow(), ask(gate((document, peer) -> new Decision.Allow())));
    assertTrue(gate(SyncAccess.EVERYONE).ask(DOC, PEER).isDone(), "nobody has to wait where nobody is asked");
  }

  @Test
  void ask_decisionThatThrowsOrIsNull_refuses() {
    assertEquals(FAILED, ask(gate((document, peer) -> {
      throw new IllegalStateException("a mistake of the application");
    })));
    assertEquals(FAILED, ask(gate((document, peer) -> {
      throw new StackOverflowError("another one");
    })));
    assertEquals(FAILED, ask(gate((document, peer) -> null)));
  }

  @Test
  void ask_decisionThatNeverComes_refusesInTimeAndHoldsOnlyItsOwnPlace() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (Environment environment = Environment.system()) {
      SyncAccess slow =
          (document, peer) -> {
            asked.incrementAndGet();
            return peer.equals(PEER) ? waitFor(end) : new Decision.Allow();
          };
      AccessGate gate = new AccessGate(slow, environment);
      List<CompletableFuture<Decision>> waiting = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        waiting.add(gate.ask(DOC, PEER));
      }
      for (int i = 0; i < 10; i++) {
        waiting.add(gate.ask(new NamespaceId(new Bytes32(8, 8, 8, i)), PEER));
      }
      assertEquals(new Decision.Allow(), gate.ask(DOC, new EndpointId(new Bytes32(2, 0, 0, 0))).get());
      Conditions.realTime().until("all are asked", () -> asked.get() == AccessGate.MAX_FOR_A_PEER + 1);
      assertEquals(FAILED, waiting.get(19).get(), "beyond those of one peer");
      assertFalse(waiting.get(0).isDone());
      end.countDown();
      assertEquals(new Decision.Allow(), waiting.get(0).get());
      assertEquals(new Decision.Allow(), waiting.get(9).get());
      assertEquals(new Decision.Allow(), gate.ask(DOC, PEER).get());
    }
  }

  private static Decision waitFor(CountDownLatch end) {
    try {
      assertTrue(end.await(30, TimeUnit.SECONDS));
      return new Decision.Allow();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ask_ofVeryManyAtOnce_isBounded() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Environment environment = Environment.system()) {
      AccessGate gate = new AccessGate((document, peer) -> waitFor(end), environment);
      for (int i = 0; i < AccessGate.MAX_UNDER_WAY; i++) {
        assertFalse(gate.ask(DOC, new EndpointId(new Bytes32(1, i, 0, 0))).isDone());
      }
      assertEquals(FAILED, gate.ask(DOC, new EndpointId(new Bytes32(2, 0, 0, 0))).get());
      end.countDown();
    }
  }

  @Test
  void ask_decisionThatTakesTooLong_isGivenUpInVirtualTime() {
    Environment node = sim.environment("node");
    Environment stuck = new NoIo(node).environment();
    CompletableFuture<Decision> decision =
        new AccessGate((document, peer) -> new Decision.Allow(), stuck).ask(DOC, PEER);
    sim.run(AccessGate.PATIENCE.minusMillis(1));
    assertFalse(decision.isDone());
    sim.run(Duration.ofMillis(2));
    assertEquals(FAILED, decision.join());
  }

  /** An executor whose tasks that may block never come to run. */
  private static final class NoIo extends ForwardingExecutor {
    NoIo(Environment running) {
      super(running);
    }

    @Override
    public Executor io() {
      return task -> {};
    }
  }
}
