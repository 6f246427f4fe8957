package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.ForwardingExecutor;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final SimEnvironment sim = SimEnvironment.create();
  private final SyncNode node = new SyncNode(sim, SimNetwork.virtual(sim), "node", ReconcilerConfig.DEFAULT);
  private boolean refusing;

  private List<Piece> piece() {
    return piece("k");
  }

  private List<Piece> piece(String key) {
    Record record = new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(9));
    SignedEntry entry = HostileSessions.signed(key, record);
    List<Part.Value> values = List.of(new Part.Value(entry, ContentStatus.MISSING));
    return List.of(new Piece.Items(Range.all(Range.ZERO), values, false, false));
  }

  private Intake intake() {
    Environment environment = new Refusing(node.environment).environment();
    SessionContext context =
        new SessionContext(node.sync, hash -> ContentStatus.MISSING, environment, SessionContext.DEFAULT_PATIENCE);
    return new Intake(context, Entries.NAMESPACE.id(), node.endpoint.id(), new PeerMemory().lease(), new SessionProgress(environment.ticker()), head -> {});
  }

  @Test
  void take_whenTheExecutorRefuses_countsNothingAsUnderWay() {
    Intake intake = intake();
    refusing = true;
    for (int i = 0; i < Intake.MAX_UNDER_WAY; i++) {
      assertThrows(RejectedExecutionException.class, () -> intake.take(piece()));
    }
    assertEquals(0, intake.offered());
    refusing = false;
    CompletableFuture<Void> taken = intake.take(piece()).toCompletableFuture();
    assertTrue(taken.isDone(), "there is room for more");
    CompletableFuture<Void> settled = intake.settled();
    sim.runUntil(settled::isDone, Duration.ofMinutes(1));
    assertEquals(1, intake.offered());
    assertEquals(1, intake.takeStored());
  }

  @Test
  void settledAndFinish_onceComplete_findWhatWasStoredCounted() {
    for (boolean whole : new boolean[] {false, true}) {
      Intake intake = intake();
      intake.take(piece("first " + whole));
      intake.takeLast(piece("last " + whole));
      CompletableFuture<?> end = whole ? intake.finish() : intake.settled();
      CompletableFuture<Long> stored = end.thenApply(done -> intake.takeStored());
      sim.runUntil(stored::isDone, Duration.ofMinutes(1));
      assertEquals(whole ? 2 : 1, stored.join());
    }
  }

  /** An executor whose pool for computing refuses work for a while. */
  private final class Refusing extends ForwardingExecutor {
    Refusing(Environment others) {
      super(others);
    }

    @Override
    public Executor compute() {
      return task -> {
        if (refusing) {
          throw new RejectedExecutionException("refused");
        }
        super.compute().execute(task);
      };
    }
  }
}
