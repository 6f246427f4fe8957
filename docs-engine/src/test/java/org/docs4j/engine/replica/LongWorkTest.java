package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that pauses wherever it may, with commits and rollbacks in between, ends as if it had been done at one go. */
class LongWorkTest {
  private static final NamespaceId NAME = Entries.namespace(1);
  private static final NamespaceId OTHER = Entries.namespace(2);
  private static final int ENTRIES = 700;
  private static final long DELETION = 1000;

  private final Random random = new Random(7);
  private final NaiveReplica model = new NaiveReplica();

  @TempDir Path folder;

  private static SignedEntry entry(NamespaceId name, int author, String key, long timestamp, int content) {
    RecordIdentifier id = Entries.id(name, Entries.author(author), Key.of(key.getBytes(StandardCharsets.UTF_8)));
    return Entries.entry(id, timestamp, content);
  }

  private KeyValueReplicaStore filled(StoresUnderTest kind) {
    KeyValueReplicaStore store = KeyValueReplicaStore.open(kind.at(folder).open());
    try (ReplicaWriter writer = store.write()) {
      writer.putCapability(new Capability.Read(NAME));
      for (int i = 0; i < ENTRIES; i++) {
        boolean newer = random.nextInt(9) == 0;
        String key = (random.nextInt(8) == 0 ? "m" : "n/") + Integer.toHexString(random.nextInt());
        add(writer, entry(NAME, random.nextInt(5) == 0 ? 2 : 1, key, newer ? DELETION + 1 + i : 1 + i, 1 + i));
      }
      writer.put(entry(OTHER, 1, "n", 1, 1), removed -> {});
      writer.commit(Durability.LAZY);
    }
    return store;
  }

  private void add(ReplicaWriter writer, SignedEntry entry) {
    if (model.protectors(entry).isEmpty()) {
      model.insert(entry);
      writer.put(entry, removed -> {});
    }
  }

  private interface Part {
    boolean isLast(ReplicaWriter writer);
  }

  private int inParts(ReplicaStore store, Part part) {
    int parts = 0;
    boolean last = false;
    while (!last) {
      try (ReplicaWriter writer = store.write()) {
        last = part.isLast(writer);
        parts++;
        if (random.nextInt(4) > 0) {
          writer.commit(Durability.LAZY);
        } else {
          last = false;
        }
      }
    }
    return parts;
  }

  @ParameterizedTest
  @EnumSource
  void put_inParts_removesWhatItsRuleSays(StoresUnderTest kind) {
    try (ReplicaStore store = filled(kind)) {
      for (long round = 0; round < 2; round++) {
        SignedEntry tombstone = entry(NAME, 1, "n/", DELETION + round * ENTRIES, 0);
        int removed = model.insert(tombstone).size();
        assertTrue(removed > 0);
        int parts = inParts(
            store, writer -> writer.put(tombstone, old -> {}, () -> true).map(LongWorkTest::inserted).orElse(false));
        assertTrue(parts > 2 || round > 0, "it paused");
      }
      try (ReplicaWriter writer = store.write()) {
        for (int i = 0; i < 50; i++) {
          add(writer, entry(NAME, 1, "n/" + i, 2 * DELETION + i, 5));
        }
        writer.commit(Durability.LAZY);
      }
      try (ReplicaReader reader = store.read()) {
        Query all = Query.all().withEmpty();
        assertEquals(model.query(all), ReplicaPropertyTest.pages(reader, NAME, all, 100));
        ReplicaPropertyTest.check(reader, NAME, model, random, kind.name());
      }
    }
  }

  /** Entries that were old once and are not any more have to be looked through to know that. */
  @ParameterizedTest
  @EnumSource
  void put_thatRemovesNothing_pausesAsWell(StoresUnderTest kind) {
    try (KeyValueReplicaStore store = KeyValueReplicaStore.open(kind.at(folder).open())) {
      try (ReplicaWriter writer = store.write()) {
        writer.putCapability(new Capability.Read(NAME));
        for (int round = 0; round < 2; round++) {
          for (int i = 0; i < ENTRIES; i++) {
            add(writer, entry(NAME, 1, "n/" + (ENTRIES + i), 1 + 2L * round * DELETION, 1));
          }
        }
        writer.commit(Durability.LAZY);
      }
      SignedEntry tombstone = entry(NAME, 1, "n/", DELETION, 0);
      assertEquals(List.of(), model.insert(tombstone));
      int parts = inParts(
          store, writer -> writer.put(tombstone, old -> {}, () -> true).map(LongWorkTest::inserted).orElse(false));
      assertTrue(parts > ENTRIES / 100, "parts: " + parts);
      try (ReplicaReader reader = store.read()) {
        ReplicaPropertyTest.check(reader, NAME, model, random, kind.name());
      }
    }
  }

  private static boolean inserted(InsertOutcome outcome) {
    return outcome instanceof InsertOutcome.Inserted;
  }

  @ParameterizedTest
  @EnumSource
  void drop_inParts_leavesNothing(StoresUnderTest kind) {
    try (ReplicaStore store = filled(kind)) {
      int parts = inParts(store, writer -> {
        int[] rows = {0};
        return writer.drop(NAME, () -> ++rows[0] % 100 == 0);
      });
      assertTrue(parts > 10, "it paused");
      try (ReplicaReader reader = store.read()) {
        assertEquals(0, reader.count(NAME));
        assertEquals(List.of(), ReplicaPropertyTest.pages(reader, NAME, Query.all().withEmpty(), 100));
        assertEquals(AuthorHeads.of(Map.of()), reader.heads(NAME));
        assertEquals(1, reader.count(OTHER));
      }
      try (ReplicaWriter writer = store.write()) {
        writer.putCapability(new Capability.Read(NAME));
        writer.put(entry(NAME, 1, "n/again", 1, 1), removed -> {});
        writer.commit(Durability.LAZY);
      }
      try (ReplicaReader reader = store.read()) {
        assertEquals(1, reader.count(NAME));
      }
    }
  }
}
