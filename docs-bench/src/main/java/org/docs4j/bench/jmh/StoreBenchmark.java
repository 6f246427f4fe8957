package org.docs4j.bench.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.bench.stores.TemporaryStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The bare key-value stores, on records as large as those of entries: keys of 80 bytes whose last 16 are random, values
 * of 200. Reading goes over 100,000 records; inserting adds records that are not there yet, so that store grows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreBenchmark {
  private static final int BATCH = 1000;
  private static final int RECORDS = 100_000;
  private static final int KEY_BYTES = 80;
  private static final int VALUE_BYTES = 200;
  private static final Table READ = new Table(1, "read");
  private static final Table WRITTEN = new Table(2, "written");

  /** Which store. */
  @Param({"memory", "lmdb", "rocksdb"})
  public String store = "";

  private final byte[] value = new byte[VALUE_BYTES];
  private final byte[][] keys = new byte[RECORDS][];
  private final Random random = new Random(1);
  private Optional<TemporaryStore> opened = Optional.empty();

  /** Opens a store of its own and fills it. */
  @Setup
  public void open() throws IOException {
    opened = Optional.of(TemporaryStore.open(store, List.of(READ, WRITTEN)));
    random.nextBytes(value);
    for (int i = 0; i < RECORDS; i++) {
      keys[i] = newKey();
    }
    for (int i = 0; i < RECORDS; i += BATCH) {
      try (WriteTxn txn = store().write()) {
        for (int j = i; j < i + BATCH; j++) {
          txn.put(READ, keys[j], value);
        }
        txn.commit(Durability.LAZY);
      }
    }
  }

  /** Closes and deletes the store. */
  @TearDown
  public void close() throws IOException {
    opened.orElseThrow().close();
  }

  /** New records, 1000 in a transaction. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void insert() {
    try (WriteTxn txn = store().write()) {
      for (int i = 0; i < BATCH; i++) {
        txn.put(WRITTEN, newKey(), value);
      }
      txn.commit(Durability.LAZY);
    }
  }

  /** A new record in a durable transaction of its own. */
  @Benchmark
  public void insertOne() {
    try (WriteTxn txn = store().write()) {
      txn.put(WRITTEN, newKey(), value);
      txn.commit(Durability.SYNC);
    }
  }

  /** All records in order, keys and values. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void scan(Blackhole hole) {
    try (ReadTxn txn = store().read();
        Cursor cursor = txn.cursor(READ)) {
      boolean more = cursor.seekCeiling(new byte[0]);
      while (more) {
        hole.consume(cursor.key());
        hole.consume(cursor.value());
        more = cursor.next();
      }
    }
  }

  /** Records at random, 1000 in a snapshot. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void randomGet(Blackhole hole) {
    try (ReadTxn txn = store().read()) {
      for (int i = 0; i < BATCH; i++) {
        hole.consume(txn.get(READ, keys[random.nextInt(RECORDS)]));
      }
    }
  }

  private KeyValueStore store() {
    return opened.orElseThrow().store();
  }

  private byte[] newKey() {
    return ByteBuffer.allocate(KEY_BYTES)
        .putLong(KEY_BYTES - 2 * Long.BYTES, random.nextLong())
        .putLong(KEY_BYTES - Long.BYTES, random.nextLong())
        .array();
  }
}
