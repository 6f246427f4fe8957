package org.docs4j.bench.stores;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.store.Durability;

/**
 * Measures one kind of store with a document of one size in this process, and prints a line for each figure: the row
 * of the table, a tabulator, the figure. Before that everything is done once with a small store, so that classes are
 * loaded and code is compiled.
 */
public final class StoreMeasurement {
  static final String RESULT = "figure\t";

  private static final int BATCH = 1000;
  private static final int WARM_UP = 30_000;
  private static final int SINGLE = 300;
  private static final int READS = 20_000;
  private static final int RANGES = 3000;
  private static final int PARTS = 16;
  private static final int OPENINGS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final int size;
  private final Random random = new Random(1);
  private final boolean shown;

  private StoreMeasurement(Ticker ticker, int size, boolean shown) {
    this.ticker = ticker;
    this.size = size;
    this.shown = shown;
  }

  /** Takes the name of the store and the size. */
  public static void main(String[] args) throws IOException {
    try (Environment environment = Environment.system()) {
      String kind = args[0];
      new StoreMeasurement(environment.ticker(), WARM_UP, false).run(kind);
      new StoreMeasurement(environment.ticker(), Integer.parseInt(args[1]), true).run(kind);
    }
  }

  private void run(String kind) throws IOException {
    try (BareStore bare = new BareStore(kind)) {
      measure(bare, "bare");
    }
    try (IndexedStore indexed = new IndexedStore(kind)) {
      measure(indexed, "indexed");
      measureRanges(indexed);
    }
  }

  private void measure(Subject subject, String what) throws IOException {
    double empty = MemoryUse.heapMebibytes();
    show("insert, batches of 1000, " + what + " [1/s]", size / seconds(() -> fill(subject)));
    show("heap in use, " + what + " [MiB]", MemoryUse.heapMebibytes() - empty);
    MemoryUse.anonymousMebibytes().ifPresent(use -> show("process without mapped files, " + what + " [MiB]", use));
    show("ordered scan, " + what + " [1/s]", size / seconds(subject::scan));
    show("random get, 1000 a snapshot, " + what + " [1/s]", READS / seconds(() -> get(subject)));
    show(
        "insert one by one, durable, " + what + " [1/s]",
        SINGLE / seconds(() -> {
          for (int i = 0; i < SINGLE; i++) {
            subject.put((long) size + i, size + i + 1L, Durability.SYNC);
          }
        }));
    if (subject.store().persistent()) {
      open(subject, what);
    }
  }

  private void fill(Subject subject) {
    for (long i = 0; i < size; i += BATCH) {
      subject.put(i, Math.min(size, i + BATCH), Durability.LAZY);
    }
    subject.store().store().sync();
  }

  private void get(Subject subject) {
    for (int i = 0; i < READS; i += BATCH) {
      subject.get(random.longs(BATCH, 0, size).toArray());
    }
  }

  private void open(Subject subject, String what) throws IOException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      subject.store().closeStore();
      times.add(
          seconds(() -> {
            subject.store().openAgain();
            subject.reopened();
          }));
    }
    times.sort(Double::compare);
    show("open and read a row, " + what + " [ms]", times.get(OPENINGS / 2) * 1e3);
    show("files, " + what + " [MiB]", subject.store().diskBytes() / (double) (1 << 20));
  }

  private void measureRanges(IndexedStore indexed) {
    int warm = RANGES / 5;
    for (int i = 0; i < warm; i++) {
      indexed.fingerprint(random.nextInt(size), random.nextInt(size));
      indexed.split(random.nextInt(size), random.nextInt(size), PARTS);
    }
    double fingerprints =
        seconds(() -> {
          for (int i = 0; i < RANGES; i++) {
            indexed.fingerprint(random.nextInt(size), random.nextInt(size));
          }
        });
    show("fingerprint of a random range [µs]", fingerprints * 1e6 / RANGES);
    int splits = RANGES / 10;
    double split =
        seconds(() -> {
          for (int i = 0; i < splits; i++) {
            indexed.split(random.nextInt(size), random.nextInt(size), PARTS);
          }
        });
    show("split of a random range into 16 [µs]", split * 1e6 / splits);
  }

  private double seconds(Runnable work) {
    long start = ticker.nanos();
    work.run();
    return (ticker.nanos() - start) / NANOS_PER_SECOND;
  }

  private void show(String row, double figure) {
    if (shown) {
      System.out.println(RESULT + String.format(Locale.ROOT, "%,d: %s\t%.6g", size, row, figure));
    }
  }
}
