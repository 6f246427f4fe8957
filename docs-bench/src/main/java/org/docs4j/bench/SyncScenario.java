package org.docs4j.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Two warm nodes: initial sync of documents of several sizes, and syncing again after a few changes.
 *
 * @param name the name by which it is chosen
 * @param folder whether the nodes keep their documents in folders, with the defaults of their kind
 * @param sizes the sizes of the documents, ascending
 * @param extent what belongs to it besides
 */
record SyncScenario(String name, boolean folder, Function<Options, List<Integer>> sizes, Extent extent)
    implements Scenario {
  /** Which documents, and what else is measured with them. */
  private enum Extent {
    /** Small ones in one pair of processes, in each round, and live updates of the last one. */
    SMALL,
    /** Large ones in a pair of processes for each, in few rounds, and the memory at rest. */
    LARGE,
    /** As LARGE, for our node only. */
    OWN
  }

  /** How often a pair of real nodes syncs again before it is measured; they are as quick after the first time. */
  static final int WARM_UP_AGAIN = 200;

  /** The same for our nodes, whose code is compiled in steps, the last ones after some 900 times. */
  static final int WARM_UP_AGAIN_OURS = 1000;

  /** The pause before each time; real nodes refuse a session while they still wind up the last one. */
  static final Duration BETWEEN_WARM_UPS = Duration.ofMillis(100);

  /** The same for our nodes. */
  static final Duration BETWEEN_WARM_UPS_OURS = Duration.ofMillis(20);

  /** How many new documents a pair syncs before small ones are measured, and of which size. */
  static final int FRESH_DOCUMENTS = 40;

  static final int FRESH_SIZE = 1000;

  private static final int REPETITIONS = 9;
  private static final Duration AFTER_LEAVE = Duration.ofMillis(300);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int DIFFERENCES_ON_DISK = 10;

  /** Longer than nodes of ours keep a connection that is idle. */
  private static final Duration A_WHILE = Duration.ofSeconds(12);

  private static final int DIFFERENCES_AFTER_A_WHILE = 10;
  private static final int REPETITIONS_AFTER_A_WHILE = 3;

  static SyncScenario small(String name, boolean folder) {
    return new SyncScenario(name, folder, Options::smallSizes, Extent.SMALL);
  }

  static SyncScenario large(String name, boolean folder) {
    return new SyncScenario(name, folder, Options::largeSizes, Extent.LARGE);
  }

  static SyncScenario own(String name, boolean folder) {
    return new SyncScenario(name, folder, Options::sizesOwn, Extent.OWN);
  }

  @Override
  public boolean takesPart(NodeKind kind, int round, Options options) {
    return switch (extent) {
      case SMALL -> round <= options.rounds();
      case LARGE -> round <= options.roundsLarge();
      case OWN -> round <= options.roundsLarge() && kind.isOurs();
    };
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    List<Integer> chosen = sizes.apply(bench.options());
    if (extent == Extent.SMALL) {
      runInOnePair(bench, kind, chosen);
    } else {
      chosen.forEach(size -> runInOnePair(bench, kind, List.of(size)));
    }
  }

  private void runInOnePair(Bench bench, NodeKind kind, List<Integer> chosen) {
    try (Pair pair = Pair.start(bench, kind, folder)) {
      Measurement measurement = Measurement.of(bench, kind, pair);
      pair.prepare(bench.options().warmUp());
      warmUp(bench, kind, pair);
      if (extent == Extent.SMALL) {
        warmUpFresh(pair);
      }
      for (int size : chosen) {
        boolean live = extent == Extent.SMALL && !folder && size == chosen.get(chosen.size() - 1);
        pair.prepare(size, live);
        Runnable arrived = extent == Extent.SMALL ? () -> {} : () -> rest(measurement, size);
        measurement.sync("initial sync of %,d, %s".formatted(size, where()), size, size, arrived);
        int total = size;
        if (live) {
          total += LiveUpdates.measure(bench, kind, pair);
        }
        // The writer stays: a node that has left a document syncs it with nobody.
        pair.leaveReader();
        resync(bench, measurement, size, total);
      }
    }
  }

  private void rest(Measurement measurement, int size) {
    Pause.of(REST);
    measurement.memory("%,d entries, %s".formatted(size, where()));
  }

  /** A first document: initial sync, and some times again with a few differences. */
  private void warmUp(Bench bench, NodeKind kind, Pair pair) {
    int total = bench.options().warmUp();
    pair.sync(total, total);
    int times = kind.isOurs() ? WARM_UP_AGAIN_OURS : WARM_UP_AGAIN;
    for (int i = 0; i < times; i++) {
      pair.leaveReader();
      Pause.of(kind.isOurs() ? BETWEEN_WARM_UPS_OURS : BETWEEN_WARM_UPS);
      bench.insert(pair.writer(), "w" + i, DIFFERENCES_ON_DISK, 1);
      total += DIFFERENCES_ON_DISK;
      pair.sync(DIFFERENCES_ON_DISK, total);
    }
    pair.leave();
  }

  /** What a new document and its key need is done once for each, so it is compiled late; large documents do not notice. */
  private static void warmUpFresh(Pair pair) {
    for (int i = 0; i < FRESH_DOCUMENTS; i++) {
      pair.prepare(FRESH_SIZE);
      pair.sync(FRESH_SIZE, FRESH_SIZE);
      Pause.of(AFTER_LEAVE);
      pair.leave();
    }
  }

  private void resync(Bench bench, Measurement measurement, int size, int present) {
    int total = present;
    for (int differences : bench.options().differences()) {
      if (folder && differences != DIFFERENCES_ON_DISK) {
        continue;
      }
      String what = "sync again, %,d new of %,d, %s".formatted(differences, size, where());
      for (int i = 0; i < REPETITIONS; i++) {
        // Real nodes refuse a session while they still wind up the last one, and do not try again.
        Pause.of(AFTER_LEAVE);
        total += again(bench, measurement, what, "d" + differences + "r" + i, differences, total);
      }
    }
    if (extent != Extent.SMALL && !folder) {
      String what = "sync again after 12 s, %,d new of %,d, %s".formatted(DIFFERENCES_AFTER_A_WHILE, size, where());
      for (int i = 0; i < REPETITIONS_AFTER_A_WHILE; i++) {
        Pause.of(A_WHILE);
        total += again(bench, measurement, what, "late" + i, DIFFERENCES_AFTER_A_WHILE, total);
      }
    }
    measurement.pair().leave();
  }

  /** Once; returns how many entries there are more. */
  private static int again(Bench bench, Measurement measurement, String what, String prefix, int differences, int total) {
    if (differences > 0) {
      bench.insert(measurement.pair().writer(), prefix, differences, 1);
    }
    measurement.sync(what, differences, total + differences);
    measurement.pair().leaveReader();
    return differences;
  }

  private String where() {
    return folder ? "disk" : "memory";
  }
}
