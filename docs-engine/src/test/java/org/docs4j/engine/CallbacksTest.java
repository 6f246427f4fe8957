package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.spi.Environment;
import org.docs4j.tck.sim.Conditions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbacksTest {
  private final Environment environment = Environment.system();
  private final Callbacks callbacks = new Callbacks(environment.executor());

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void away_runsWhatFollowsOnAThreadThatMayBlock() throws Exception {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    CompletableFuture<String> thread =
        callbacks.away(stage).thenApply(seven -> seven + " on " + Thread.currentThread().getName());
    stage.complete(7);
    assertTrue(thread.get().startsWith("7 on docs-io"), thread.get());
  }

  @Test
  void away_failed_failsWithTheSameException() {
    AuthorNotFoundException failure = new AuthorNotFoundException("nobody");
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    CompletableFuture<Integer> given = callbacks.away(stage.thenApply(value -> value + 1));
    stage.completeExceptionally(failure);
    assertSame(failure, assertThrows(ExecutionException.class, given::get).getCause());
  }

  @Test
  void away_whileOthersBlock_neverBlocksWhoCompletes() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<CompletableFuture<Integer>> stages = new ArrayList<>();
    List<CompletableFuture<Integer>> given = new ArrayList<>();
    for (int i = 0; i < 4 * Callbacks.THREADS; i++) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      stages.add(stage);
      given.add(callbacks.away(stage).thenApply(value -> waitFor(release, value)));
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).complete(i);
    }
    release.countDown();
    for (int i = 0; i < given.size(); i++) {
      assertEquals(i, given.get(i).get());
    }
  }

  @Test
  void away_whileAThreadIsOnItsWay_wakesNoOther() {
    Queue<Runnable> started = new ArrayDeque<>();
    Callbacks slow = new Callbacks(io(started::add));
    List<CompletableFuture<Integer>> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      given.add(slow.away(CompletableFuture.completedFuture(i)));
    }
    assertEquals(1, started.size());
    started.remove().run();
    assertTrue(given.stream().allMatch(CompletableFuture::isDone));
    assertEquals(1, started.size(), "one more, in case the first thing to do had taken for ever");
    started.remove().run();
    given.add(slow.away(CompletableFuture.completedFuture(7)));
    assertEquals(1, started.size());
  }

  @Test
  void away_whileAllButOneBlock_thatOneGoesOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<CompletableFuture<Integer>> blocked = new ArrayList<>();
    for (int i = 1; i < Callbacks.THREADS; i++) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      blocked.add(callbacks.away(stage).thenApply(value -> waitFor(release, value)));
      stage.complete(i);
    }
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      CompletableFuture<Integer> given = callbacks.away(stage);
      stage.complete(i);
      assertEquals(i, given.get());
    }
    release.countDown();
    for (CompletableFuture<Integer> each : blocked) {
      assertTrue(each.get() > 0);
    }
  }

  private ForwardingExecutor io(Executor io) {
    return new ForwardingExecutor(environment) {
      @Override
      public Executor io() {
        return io;
      }
    };
  }

  @Test
  void away_whereNoThreadCanBeHad_isGivenOneOnceThereIs() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    Callbacks starting =
        new Callbacks(
            io(
                task -> {
                  if (refused.incrementAndGet() <= 2) {
                    throw new OutOfMemoryError("test: no thread");
                  }
                  environment.executor().io().execute(task);
                }));
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    CompletableFuture<Integer> given = starting.away(stage);
    stage.complete(7);
    assertEquals(7, given.get());
    assertEquals(3, refused.get());
  }

  @Test
  void away_whereOnlyOneThreadCanBeHad_isGivenThat() throws Exception {
    Queue<Runnable> first = new ArrayDeque<>();
    Callbacks one =
        new Callbacks(
            io(
                task -> {
                  if (!first.isEmpty()) {
                    throw new OutOfMemoryError("test: no thread");
                  }
                  first.add(task);
                }));
    List<CompletableFuture<Integer>> given = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      given.add(one.away(CompletableFuture.completedFuture(i)));
    }
    first.element().run();
    for (int i = 0; i < given.size(); i++) {
      assertEquals(i, given.get(i).get());
    }
  }

  /** An environment that is closed drops what it is given. */
  @Test
  void away_afterClose_isDoneAtOnce() {
    Callbacks closed = new Callbacks(io(task -> {}));
    closed.close();
    assertEquals(7, closed.away(CompletableFuture.completedFuture(7)).getNow(0));
    AuthorNotFoundException failure = new AuthorNotFoundException("nobody");
    CompletableFuture<Integer> failed = closed.away(CompletableFuture.failedFuture(failure));
    assertSame(failure, assertThrows(ExecutionException.class, failed::get).getCause());
  }

  @Test
  void close_whileNoThreadCanBeHad_completesWhatWaits() {
    Callbacks starved =
        new Callbacks(
            io(
                task -> {
                  throw new OutOfMemoryError("test: no thread");
                }));
    CompletableFuture<Integer> given = starved.away(CompletableFuture.completedFuture(7));
    assertFalse(given.isDone());
    starved.close();
    assertEquals(7, given.getNow(0));
  }

  @Test
  void close_whileAThreadIsAskedFor_waitsUntilItComes() throws Exception {
    Environment own = Environment.system();
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Callbacks asked =
        new Callbacks(
            io(
                task -> {
                  asking.countDown();
                  waitFor(release, 0);
                  own.executor().io().execute(task);
                }));
    CompletableFuture<CompletableFuture<Integer>> given = new CompletableFuture<>();
    new Thread(() -> given.complete(asked.away(CompletableFuture.completedFuture(7))), "test-asker").start();
    assertTrue(asking.await(20, TimeUnit.SECONDS));
    Thread closer = new Thread(() -> {
      asked.close();
      own.close();
    }, "test-closer");
    closer.start();
    Conditions.realTime().until("blocked", () -> closer.getState() == Thread.State.BLOCKED);
    release.countDown();
    closer.join();
    assertEquals(7, given.get().get(20, TimeUnit.SECONDS));
  }

  @Test
  void away_fromManyThreadsAtOnce_forgetsNone() throws Exception {
    for (int round = 0; round < 200; round++) {
      List<CompletableFuture<Integer>> given = new CopyOnWriteArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread thread = new Thread(() -> {
          for (int i = 0; i < 50; i++) {
            given.add(callbacks.away(CompletableFuture.completedFuture(i)));
          }
        }, "test-completer");
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (CompletableFuture<Integer> each : given) {
        each.get(); // the limit of the test ends it if one is forgotten
      }
    }
  }

  private static int waitFor(CountDownLatch latch, int value) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
      return value;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void awaitEarlier_withAWriteUnderWay_givesUpInTime() {
    ContentWrites writes = new ContentWrites(Duration.ofMillis(20));
    ContentWrites.Write write = writes.begin();
    assertThrows(DocsTimeoutException.class, writes::awaitEarlier);
    write.close();
    writes.awaitEarlier();
  }

  @Test
  void awaitEarlier_waitsForEarlierWritesAndNotForLaterOnes() throws Exception {
    ContentWrites writes = new ContentWrites(ContentWrites.PATIENCE);
    ContentWrites.Write earlier = writes.begin();
    Thread waiting = new Thread(writes::awaitEarlier, "test-collector");
    waiting.start();
    Conditions.realTime().until("waiting", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    ContentWrites.Write later = writes.begin();
    earlier.close();
    waiting.join();
    later.close();
  }

  @Test
  void awaitEarlier_interrupted_keepsTheInterrupt() {
    ContentWrites writes = new ContentWrites(ContentWrites.PATIENCE);
    ContentWrites.Write write = writes.begin();
    Thread.currentThread().interrupt();
    RuntimeException failure = assertThrows(RuntimeException.class, writes::awaitEarlier);
    assertTrue(Thread.interrupted());
    assertInstanceOf(DocsInterruptedException.class, failure);
    write.close();
  }
}
