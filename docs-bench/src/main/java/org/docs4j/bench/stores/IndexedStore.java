package org.docs4j.bench.stores;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.Query;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Segment;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;

/** A replica with all its indexes. */
final class IndexedStore implements Subject {
  private static final int PAGE = 1000;

  private final TemporaryStore store;
  private ReplicaStore replicas;

  IndexedStore(String kind) throws IOException {
    this.store = TemporaryStore.open(kind, KeyValueReplicaStore.tables());
    this.replicas = KeyValueReplicaStore.open(store.store());
    try (ReplicaWriter writer = replicas.write()) {
      writer.putCapability(new Capability.Read(SampleEntries.NAMESPACE));
      writer.commit(Durability.SYNC);
    }
  }

  @Override
  public void put(long from, long to, Durability durability) {
    try (ReplicaWriter writer = replicas.write()) {
      for (long i = from; i < to; i++) {
        writer.put(SampleEntries.entry(i), removed -> {});
      }
      writer.commit(durability);
    }
  }

  @Override
  public long scan() {
    long count = 0;
    try (ReplicaReader reader = replicas.read()) {
      Optional<RecordIdentifier> after = Optional.empty();
      List<SignedEntry> page = reader.page(SampleEntries.NAMESPACE, Query.all(), after, PAGE);
      while (!page.isEmpty()) {
        count += page.size();
        after = Optional.of(page.get(page.size() - 1).id());
        page = reader.page(SampleEntries.NAMESPACE, Query.all(), after, PAGE);
      }
    }
    return count;
  }

  @Override
  public void get(long[] numbers) {
    try (ReplicaReader reader = replicas.read()) {
      for (long number : numbers) {
        if (reader.get(SampleEntries.id(number)).isEmpty()) {
          throw new IllegalStateException("entry " + number + " is missing");
        }
      }
    }
  }

  /** Count and fingerprint of the range between two entries, in a snapshot of its own. */
  RangeSummary fingerprint(long one, long other) {
    try (ReplicaReader reader = replicas.read()) {
      return reader.range(SampleEntries.NAMESPACE).summary(between(one, other));
    }
  }

  /** The ends, counts and fingerprints of equal parts of the range between two entries, in a snapshot of its own. */
  RangeSummary split(long one, long other, int parts) {
    Segment segment = between(one, other);
    try (ReplicaReader reader = replicas.read()) {
      RangeView view = reader.range(SampleEntries.NAMESPACE);
      long count = view.summary(segment).count();
      RangeSummary last = RangeSummary.NONE;
      Bound from = segment.from();
      for (int i = 1; i <= Math.min(parts, count); i++) {
        Bound to = i == parts ? segment.to() : new Bound.At(view.select(segment, count * i / parts));
        last = view.summary(new Segment(from, to));
        from = to;
      }
      return last;
    }
  }

  private static Segment between(long one, long other) {
    Bound a = new Bound.At(SampleEntries.id(one));
    Bound b = new Bound.At(SampleEntries.id(other));
    return Segment.of(a, b).or(() -> Segment.of(b, a)).orElseGet(() -> new Segment(Bound.start(), Bound.end()));
  }

  @Override
  public TemporaryStore store() {
    return store;
  }

  @Override
  public void reopened() {
    replicas = KeyValueReplicaStore.open(store.store());
    try (ReplicaReader reader = replicas.read()) {
      if (reader.count(SampleEntries.NAMESPACE) == 0) {
        throw new IllegalStateException("the document is empty");
      }
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
