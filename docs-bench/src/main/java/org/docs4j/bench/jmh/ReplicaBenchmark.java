package org.docs4j.bench.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.Segment;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
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

/**
 * Entries with all their indexes, on each store: one author, keys in random order, signatures neither made nor checked.
 * Reading goes over a document of fixed entries; inserting adds to another one, which grows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplicaBenchmark {
  private static final int BATCH = 1000;
  private static final int SEED_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final EntrySignature UNSIGNED =
      new EntrySignature(Signature.of(new byte[SIGNATURE_BYTES]), Signature.of(new byte[SIGNATURE_BYTES]));
  private static final Hash HASH = Hash.ofContent(new byte[] {1});

  /** Which store. */
  @Param({"memory", "lmdb", "rocksdb"})
  public String store = "";

  /** How many entries the document has that is read. */
  @Param({"10000", "100000", "1000000"})
  public int entries;

  private final Random random = new Random(1);
  private final NamespaceSecret read = secret();
  private final NamespaceSecret written = secret();
  private final Author author = Author.of(bytes(random));
  private final List<SignedEntry> ordered = new ArrayList<>();
  private Optional<TemporaryStore> opened = Optional.empty();
  private Optional<ReplicaStore> replicas = Optional.empty();
  private long number;

  private NamespaceSecret secret() {
    return NamespaceSecret.of(bytes(random));
  }

  private static byte[] bytes(Random random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return seed;
  }

  /** Opens a store of its own and fills it. */
  @Setup
  public void open() throws IOException {
    TemporaryStore temporary = TemporaryStore.open(store, KeyValueReplicaStore.tables());
    opened = Optional.of(temporary);
    replicas = Optional.of(KeyValueReplicaStore.open(temporary.store()));
    try (ReplicaWriter writer = replicas().write()) {
      writer.putCapability(new Capability.Write(read));
      writer.putCapability(new Capability.Write(written));
      writer.commit(Durability.LAZY);
    }
    for (int i = 0; i < entries; i++) {
      ordered.add(entry(read));
    }
    for (int i = 0; i < entries; i += BATCH) {
      put(ordered.subList(i, Math.min(i + BATCH, entries)), Durability.LAZY);
    }
    ordered.sort((a, b) -> a.id().compareTo(b.id()));
  }

  private void put(List<SignedEntry> batch, Durability durability) {
    try (ReplicaWriter writer = replicas().write()) {
      batch.forEach(entry -> writer.put(entry, removed -> {}));
      writer.commit(durability);
    }
  }

  /** Closes and deletes the store. */
  @TearDown
  public void close() throws IOException {
    opened.orElseThrow().close();
  }

  /** New entries, 1000 in a transaction, each with a key of its own somewhere in the document. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void insert() {
    List<SignedEntry> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(entry(written));
    }
    put(batch, Durability.LAZY);
  }

  /** A new entry in a durable transaction of its own. */
  @Benchmark
  public void insertOne() {
    put(List.of(entry(written)), Durability.SYNC);
  }

  /** Count and fingerprint of a range with random ends, in a snapshot of its own. */
  @Benchmark
  public RangeSummary summary() {
    Segment segment = randomSegment();
    try (ReplicaReader reader = replicas().read()) {
      return reader.range(read.id()).summary(segment);
    }
  }

  private Segment randomSegment() {
    int from = random.nextInt(entries);
    int to = random.nextInt(entries);
    Bound low = new Bound.At(ordered.get(Math.min(from, to)).id());
    Bound high = from == to ? Bound.end() : new Bound.At(ordered.get(Math.max(from, to)).id());
    return new Segment(low, high);
  }

  /** An entry at random, in a snapshot of its own. */
  @Benchmark
  public Optional<SignedEntry> randomGet() {
    try (ReplicaReader reader = replicas().read()) {
      return reader.get(ordered.get(random.nextInt(entries)).id());
    }
  }

  private ReplicaStore replicas() {
    return replicas.orElseThrow();
  }

  private SignedEntry entry(NamespaceSecret namespace) {
    number++;
    // Eight random digits in front put the keys in random order, those behind tell them apart.
    Key key = Key.of("%08x-%08d".formatted(random.nextInt(), number));
    RecordIdentifier id = new RecordIdentifier(namespace.id(), author.id(), key);
    return new SignedEntry(UNSIGNED, new Entry(id, new Record(1, HASH, new Timestamp(number))));
  }
}
