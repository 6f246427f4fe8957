package org.docs4j.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.Timestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SystemExecutorTest {
  private final Environment environment = Environment.system();
  private final ActorExecutor executor = environment.executor();

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void serial_runsInOrderAndOneAtATime() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    List<Integer> seen = new ArrayList<>();
    AtomicInteger running = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      serial.execute(
          () -> {
            overlapped.compareAndSet(false, running.incrementAndGet() != 1);
            seen.add(number);
            running.decrementAndGet();
          });
    }
    serial.close();
    assertEquals(10_000, seen.size());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(i, seen.get(i));
    }
    assertFalse(overlapped.get());
  }

  @Test
  void serial_givenTasksByManyThreads_keepsTheOrderOfEach() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    int[] last = new int[4];
    List<String> wrong = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(last.length);
    for (int giver = 0; giver < last.length; giver++) {
      int who = giver;
      executor
          .io()
          .execute(
              () -> {
                for (int i = 1; i <= 1000; i++) {
                  int number = i;
                  serial.execute(
                      () -> {
                        if (last[who] != number - 1) {
                          wrong.add(who + ": " + number + " after " + last[who]);
                        }
                        last[who] = number;
                      });
                }
                done.countDown();
              });
    }
    assertTrue(done.await(10, TimeUnit.SECONDS));
    serial.close();
    assertEquals(List.of(), wrong);
    for (int number : last) {
      assertEquals(1000, number);
    }
  }

  @Test
  void serial_neverRunsATaskInTheCallersStack() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Boolean> innerWaited = new CompletableFuture<>();
    serial.execute(
        () -> {
          thread.complete(Thread.currentThread());
          AtomicBoolean outerEnded = new AtomicBoolean();
          serial.execute(() -> innerWaited.complete(outerEnded.get()));
          outerEnded.set(true);
        });
    assertTrue(innerWaited.get(10, TimeUnit.SECONDS));
    assertNotEquals(Thread.currentThread(), thread.get());
    assertEquals("test-serial", thread.get().getName());
    assertTrue(thread.get().isDaemon());
  }

  @Test
  void serial_whoseTaskThrows_goesOn() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    serial.execute(
        () -> {
          throw new IllegalArgumentException("thrown by a test");
        });
    serial.execute(
        () -> {
          throw new StackOverflowError("thrown by a test");
        });
    serial.execute(() -> reached.complete(true));
    assertTrue(reached.get(10, TimeUnit.SECONDS));
  }

  @Test
  void serial_closed_waitsForWhatWasGivenAndDropsTheRest() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    serial.execute(
        () -> {
          begun.countDown();
          await(release);
        });
    for (int i = 0; i < 100; i++) {
      serial.execute(ran::incrementAndGet);
    }
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    Thread closer = new Thread(serial::close, "test-closer");
    closer.start();
    awaitState(closer, Thread.State.TIMED_WAITING);
    assertEquals(0, ran.get(), "the first task still runs");
    release.countDown();
    closer.join();
    assertEquals(100, ran.get());

    serial.execute(ran::incrementAndGet);
    serial.close();
    assertEquals(100, ran.get());
  }

  @Test
  void serial_closedByAnInterruptedThread_waitsAllTheSameAndKeepsTheInterrupt() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    serial.execute(() -> await(release));
    serial.execute(ran::incrementAndGet);
    CompletableFuture<Integer> seen = new CompletableFuture<>();
    Thread closer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              serial.close();
              seen.complete(Thread.currentThread().isInterrupted() ? ran.get() : -1);
            },
            "test-closer");
    closer.start();
    awaitState(closer, Thread.State.TIMED_WAITING);
    closer.interrupt();
    assertFalse(seen.isDone(), "the first task still runs");
    release.countDown();
    assertEquals(1, seen.get(10, TimeUnit.SECONDS));
  }

  @Test
  void serial_closedByItsOwnTask_doesNotWaitForItself() throws Exception {
    SerialExecutor serial = executor.serial("test-serial");
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    serial.execute(
        () -> {
          serial.close();
          closed.complete(true);
        });
    assertTrue(closed.get(10, TimeUnit.SECONDS));
  }

  @Test
  void io_andCompute_runInParallelAndSurviveWhatTheirTasksThrow() throws Exception {
    for (Executor target : List.of(executor.io(), executor.compute())) {
      for (int i = 0; i < 20; i++) {
        target.execute(
            () -> {
              throw new AssertionError("thrown by a test");
            });
      }
      CompletableFuture<Boolean> daemon = new CompletableFuture<>();
      target.execute(() -> daemon.complete(Thread.currentThread().isDaemon()));
      assertTrue(daemon.get(10, TimeUnit.SECONDS));
    }
    CyclicBarrier barrier = new CyclicBarrier(9);
    for (int i = 1; i < barrier.getParties(); i++) {
      executor.io().execute(() -> meet(barrier));
    }
    assertTrue(meet(barrier), "more blocked tasks than cores");
  }

  @Test
  void schedule_handsTheTaskToItsExecutorAfterTheDelay() throws Exception {
    SerialExecutor serial = executor.serial("test-target");
    long before = environment.ticker().nanos();
    CompletableFuture<Duration> passed = new CompletableFuture<>();
    CompletableFuture<String> thread = new CompletableFuture<>();
    executor.schedule(
        Duration.ofMillis(30),
        serial,
        () -> {
          passed.complete(environment.ticker().since(before));
          thread.complete(Thread.currentThread().getName());
        });
    assertTrue(passed.get(10, TimeUnit.SECONDS).compareTo(Duration.ofMillis(30)) >= 0, passed.toString());
    assertEquals("test-target", thread.get());
  }

  @Test
  void schedule_cancelled_doesNotRun() throws Exception {
    SerialExecutor serial = executor.serial("test-target");
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    Cancellable first = executor.schedule(Duration.ofMillis(20), serial, () -> ran.set(true));
    Cancellable second = executor.schedule(Duration.ofMillis(40), serial, () -> later.complete(ran.get()));
    first.cancel();
    first.cancel();
    assertFalse(later.get(10, TimeUnit.SECONDS), "the cancelled task would have come first");
    second.cancel();
  }

  @Test
  void schedule_toAnExecutorThatRefuses_keepsTheTimerAlive() throws Exception {
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    executor.schedule(
        Duration.ZERO,
        task -> {
          throw new IllegalArgumentException("refused by a test");
        },
        () -> {});
    executor.schedule(Duration.ofMillis(1), Runnable::run, () -> later.complete(true));
    assertTrue(later.get(10, TimeUnit.SECONDS));
  }

  @Test
  void close_dropsWhatIsScheduledAndWhateverComesLater() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    Runnable task = () -> ran.set(true);
    executor.schedule(Duration.ofMillis(50), Runnable::run, task);
    environment.close();
    environment.close();
    executor.schedule(Duration.ZERO, Runnable::run, task).cancel();
    executor.io().execute(task);
    executor.compute().execute(task);
    try (Environment other = Environment.system()) {
      CompletableFuture<Boolean> later = new CompletableFuture<>();
      other.executor().schedule(Duration.ofMillis(100), Runnable::run, () -> later.complete(ran.get()));
      assertFalse(later.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clocks_showTheTimeAndMoveForward() {
    Timestamp now = environment.clock().now();
    assertTrue(now.isAfter(new Timestamp(1_700_000_000_000_000L)));
    long nanos = environment.ticker().nanos();
    assertFalse(environment.ticker().since(nanos).isNegative());
    assertNotEquals(environment.random().nextLong(), environment.random().nextLong());
  }

  private static void awaitState(Thread thread, Thread.State state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != state) {
      assertTrue(System.nanoTime() < deadline, thread + " is " + thread.getState());
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false;
    }
  }
}
