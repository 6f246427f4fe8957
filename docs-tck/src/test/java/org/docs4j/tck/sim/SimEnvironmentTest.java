package org.docs4j.tck.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.junit.jupiter.api.Test;

class SimEnvironmentTest {
  private final SimEnvironment sim = SimEnvironment.seeded(7);
  private final Environment node = sim.environment("node-1");
  private final List<String> log = new ArrayList<>();

  @Test
  void serial_keepsItsOrder() {
    SerialExecutor serial = node.executor().serial("one");
    List<Integer> expected = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      expected.add(i);
      serial.execute(() -> seen.add(number));
    }
    assertTrue(seen.isEmpty(), "nothing may run before the simulation does");
    sim.runUntilIdle();
    assertEquals(expected, seen);
  }

  @Test
  void interleaving_sameSeed_isTheSame() {
    assertEquals(interleaved(1), interleaved(1));
    assertNotEquals(interleaved(1), interleaved(2));
  }

  private static List<String> interleaved(long seed) {
    SimEnvironment sim = SimEnvironment.seeded(seed);
    List<String> seen = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      SerialExecutor serial = sim.environment(name).executor().serial(name);
      for (int i = 0; i < 10; i++) {
        serial.execute(() -> seen.add(name));
      }
    }
    sim.runUntilIdle();
    return seen;
  }

  @Test
  void random_dependsOnSeedAndNameOnly() {
    long first = node.random().nextLong();
    SimEnvironment again = SimEnvironment.seeded(7);
    again.environment("another").random().nextLong();
    assertEquals(first, again.environment("node-1").random().nextLong());
    assertNotEquals(first, SimEnvironment.seeded(7).environment("node-2").random().nextLong());
  }

  @Test
  void schedule_runsWhenItIsDue() {
    SerialExecutor serial = node.executor().serial("one");
    node.executor().schedule(Duration.ofMinutes(2), serial, () -> log.add("late"));
    node.executor().schedule(Duration.ofMinutes(1), serial, () -> log.add("early"));
    Cancellable never = node.executor().schedule(Duration.ofSeconds(90), serial, () -> log.add("never"));
    sim.run(Duration.ofSeconds(61));
    assertEquals(List.of("early"), log);
    assertEquals(Duration.ofSeconds(61), sim.clock().elapsed());
    never.cancel();
    sim.runUntilIdle();
    assertEquals(List.of("early", "late"), log);
  }

  @Test
  void run_endsThoughATaskGivesItselfAgainAndAgain() {
    SerialExecutor serial = node.executor().serial("one");
    AtomicInteger rounds = new AtomicInteger();
    Runnable[] task = new Runnable[1];
    task[0] =
        () -> {
          rounds.incrementAndGet();
          serial.execute(task[0]);
        };
    serial.execute(task[0]);
    sim.run(Duration.ofMillis(100));
    assertTrue(rounds.get() > 1000, "ran " + rounds + " times");
  }

  @Test
  void run_taskThatThrows_failsAtTheEnd() {
    node.executor().compute().execute(() -> assertEquals(1, 2, "sums"));
    node.executor().io().execute(() -> log.add("the other one"));
    AssertionError error = assertThrows(AssertionError.class, () -> sim.run(Duration.ofSeconds(1)));
    assertTrue(error.getMessage().contains("node-1/compute") && error.getMessage().contains("seed 7"), error.toString());
    assertEquals(List.of("the other one"), log);
    sim.run(Duration.ofSeconds(1));
  }

  @Test
  void runUntil_stopsAtTheCondition() {
    for (int i = 1; i <= 10; i++) {
      node.executor().schedule(Duration.ofSeconds(i), node.executor().io(), () -> log.add("tick"));
    }
    sim.runUntil(() -> log.size() == 3, Duration.ofMinutes(1));
    assertEquals(3, sim.clock().elapsed().toSeconds());
    assertThrows(AssertionError.class, () -> sim.runUntil(() -> log.size() == 99, Duration.ofMinutes(1)));
    assertEquals(63, sim.clock().elapsed().toSeconds());
  }

  @Test
  void run_fromWithinATask_isRefused() {
    node.executor().io().execute(() -> sim.run(Duration.ofSeconds(1)));
    assertThrows(AssertionError.class, sim::runUntilIdle);
  }

  @Test
  void serialClose_runsWhatWasGiven() {
    SerialExecutor serial = node.executor().serial("one");
    SerialExecutor other = node.executor().serial("two");
    other.execute(() -> log.add("given"));
    serial.execute(
        () -> {
          other.close();
          log.add("closed");
          other.execute(() -> log.add("dropped"));
        });
    sim.runUntilIdle();
    assertEquals("given", log.get(0));
    assertEquals(List.of("given", "closed"), log);
  }

  @Test
  void close_dropsWhatIsScheduled_butNotWhatIsGiven() {
    SerialExecutor serial = node.executor().serial("one");
    node.executor().schedule(Duration.ofSeconds(1), serial, () -> log.add("scheduled"));
    serial.execute(() -> log.add("given"));
    node.close();
    sim.runUntilIdle();
    assertEquals(List.of("given"), log);
  }

  @Test
  void crash_endsEverything_andANewLifeBegins() {
    SerialExecutor serial = node.executor().serial("one");
    serial.execute(() -> log.add("never"));
    sim.crash("node-1");
    serial.execute(() -> log.add("never"));
    Environment reborn = sim.environment("node-1");
    reborn.executor().serial("one").execute(() -> log.add("again"));
    sim.runUntilIdle();
    assertEquals(List.of("again"), log);
  }

  @Test
  void clock_skewed_isOfOneNodeOnly() {
    sim.skew("node-1", Duration.ofHours(-1));
    sim.run(Duration.ofSeconds(5));
    long ahead = sim.environment("node-2").clock().now().micros() - node.clock().now().micros();
    assertEquals(Duration.ofHours(1).toNanos() / 1000, ahead);
    assertEquals(Duration.ofSeconds(5).toNanos(), node.ticker().nanos());
  }

  @Test
  void conditions_waitInVirtualTime() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    node.executor().schedule(Duration.ofMinutes(1), node.executor().io(), () -> stage.complete("done"));
    assertFalse(sim.conditions().holdsWithin(Duration.ofSeconds(59), stage::isDone));
    assertEquals("done", sim.conditions().result("the answer", stage));
    AssertionError error =
        assertThrows(AssertionError.class, () -> sim.conditions().until("the end of the world", () -> false));
    assertTrue(error.getMessage().startsWith("the end of the world did not happen"), error.getMessage());
  }
}
