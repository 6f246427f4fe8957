package org.docs4j.bench.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.RangeSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table measures does what it says. */
class SubjectTest {
  @ParameterizedTest
  @ValueSource(strings = {"memory", "lmdb", "rocksdb"})
  void put_sampleEntries_areAllThereAfterReopen(String kind) throws IOException {
    try (BareStore bare = new BareStore(kind);
        IndexedStore indexed = new IndexedStore(kind)) {
      for (Subject subject : new Subject[] {bare, indexed}) {
        subject.put(0, 500, Durability.LAZY);
        subject.put(500, 501, Durability.SYNC);
        if (subject.store().persistent()) {
          subject.store().closeStore();
          subject.store().openAgain();
          subject.reopened();
          assertTrue(subject.store().diskBytes() > 500 * 209);
        }
        subject.get(new long[] {0, 250, 500});
        assertEquals(501, subject.scan());
      }
    }
  }

  @Test
  void split_partsOfARange_lastOneHasItsShare() throws IOException {
    try (IndexedStore indexed = new IndexedStore("memory")) {
      indexed.put(0, 1000, Durability.LAZY);
      RangeSummary whole = indexed.fingerprint(7, 7);
      assertEquals(1000, whole.count());
      long part = indexed.split(7, 7, 16).count();
      assertTrue(part == 62 || part == 63, () -> part + " of 1000");
    }
  }

  @Test
  void id_manyNumbers_areDifferent() {
    Set<RecordIdentifier> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(SampleEntries.id(i));
    }
    assertEquals(10_000, ids.size());
  }
}
