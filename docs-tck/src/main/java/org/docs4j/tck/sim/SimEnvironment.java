package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.docs4j.api.spi.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A simulation: the {@link Environment} of any number of nodes, on one thread in virtual time.
 *
 * <p>Nothing happens until one of the {@code run} methods is called, and then everything on the thread of that caller:
 * tasks in the order of their virtual time. The same seed and the same calls give the same run, to the last random
 * number. A task that throws does not end the run; all that was thrown is thrown again at its end.
 *
 * <p>Code under simulation must not block: nothing else would run meanwhile. No other thread may hand in tasks during a
 * run.
 */
public final class SimEnvironment {
  /** The system property that makes {@link #create} use a seed again. */
  public static final String SEED_PROPERTY = "docs4j.sim.seed";

  private static final System.Logger LOG = System.getLogger(SimEnvironment.class.getName());
  private static final Duration IDLE_LIMIT = Duration.ofHours(1);
  private static final int FAILURES_KEPT = 20;

  private final long seed;
  private final SimClock clock = new SimClock();
  private final SimQueue queue = new SimQueue();
  private final SplittableRandom hops;
  private final Map<String, SimNode> nodes = new TreeMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable Thread running;

  private SimEnvironment(long seed) {
    this.seed = seed;
    this.hops = new SplittableRandom(seed);
  }

  /** A simulation that runs the same way each time. */
  public static SimEnvironment seeded(long seed) {
    return new SimEnvironment(seed);
  }

  /** A simulation by the seed in {@link #SEED_PROPERTY}, else by a new one; the seed is logged. */
  public static SimEnvironment create() {
    long seed = Long.getLong(SEED_PROPERTY, new SplittableRandom().nextLong());
    LOG.log(System.Logger.Level.INFO, "simulation with -D" + SEED_PROPERTY + "=" + seed);
    return seeded(seed);
  }

  /** By what this simulation draws. */
  public long seed() {
    return seed;
  }

  /** The virtual time, common to all nodes. */
  public SimClock clock() {
    return clock;
  }

  /**
   * The environment of a node; the same one at each call until it is closed or the node crashes, and from then on a new
   * one, as for a program that is started again. A node's random numbers depend on the seed and its name only.
   */
  public Environment environment(String node) {
    return node(node).environment();
  }

  /** Sets by how much a node's clock on the wall is ahead of the others; negative for behind. */
  public void skew(String node, Duration skew) {
    node(node).skew(skew);
  }

  /** Ends a node as a killed process ends: whatever its executors have not run yet never happens. */
  public void crash(String node) {
    node(node).crash();
  }

  private SimNode node(String name) {
    return nodes.computeIfAbsent(name, missing -> new SimNode(this, missing));
  }

  /**
   * Lets so much virtual time pass.
   *
   * @throws AssertionError if a task threw
   */
  public void run(Duration time) {
    long end = clock.nanos() + time.toNanos();
    loop(() -> false, end);
    clock.moveTo(end);
    rethrow();
  }

  /**
   * Runs until a condition holds, which is tried before each task; ends early when a task throws.
   *
   * @param limit how much virtual time may pass at most
   * @throws AssertionError if the condition does not hold in time, or a task threw
   */
  public void runUntil(BooleanSupplier condition, Duration limit) {
    if (!holdsWithin(limit, condition)) {
      throw new AssertionError("it did not happen within " + limit + " of virtual time" + trace());
    }
  }

  /**
   * Runs until nothing is left to do, timers included.
   *
   * @throws AssertionError if there is still something to do after an hour of virtual time, or a task threw
   */
  public void runUntilIdle() {
    loop(() -> false, clock.nanos() + IDLE_LIMIT.toNanos());
    rethrow();
    if (queue.poll(Long.MAX_VALUE).isPresent()) {
      throw new AssertionError("not idle after " + IDLE_LIMIT + " of virtual time" + trace());
    }
  }

  /** Waiting for conditions and stages by running this simulation. */
  public Conditions conditions() {
    return new SimConditions(this);
  }

  /** Runs until a condition holds and says whether it did in time; the time is used up if it did not. */
  boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long end = clock.nanos() + limit.toNanos();
    boolean stopped = loop(() -> !failures.isEmpty() || condition.getAsBoolean(), end);
    rethrow();
    if (!stopped) {
      clock.moveTo(end);
    }
    return stopped;
  }

  /** Runs until told to stop, which gives true, or until nothing is due any more. */
  private boolean loop(BooleanSupplier stop, long end) {
    if (running != null) {
      throw new IllegalStateException("the simulation is running already: a task must not run it again");
    }
    running = Thread.currentThread();
    try {
      while (!stop.getAsBoolean()) {
        Optional<SimQueue.Event> event = queue.poll(end);
        if (event.isEmpty()) {
          return false;
        }
        clock.moveTo(event.get().due());
        event.get().run();
      }
      return true;
    } finally {
      running = null;
    }
  }

  private void rethrow() {
    if (failures.isEmpty()) {
      return;
    }
    AssertionError error = new AssertionError(failures.get(0).getMessage() + trace(), failures.get(0).getCause());
    failures.stream().skip(1).forEach(error::addSuppressed);
    failures.clear();
    throw error;
  }

  String trace() {
    return " (simulation with seed " + seed + ", after " + clock.elapsed() + ")";
  }

  SimQueue.Event at(long due, Runnable task) {
    Thread runner = running;
    if (runner != null && runner != Thread.currentThread()) {
      throw new IllegalStateException("only the thread that runs the simulation may hand in tasks");
    }
    return queue.add(due, task);
  }

  long nextHop() {
    return clock.nanos() + hops.nextLong(1, SimExecutor.HOP_NANOS + 1);
  }

  void failed(String where, Throwable thrown) {
    if (failures.size() < FAILURES_KEPT) {
      failures.add(new AssertionError("a task failed in " + where + " after " + clock.elapsed() + ": " + thrown, thrown));
    }
  }
}
