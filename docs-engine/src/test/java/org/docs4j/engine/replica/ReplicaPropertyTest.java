package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.docs4j.api.Query;
import org.docs4j.api.Query.KeyFilter;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random work of three authors on two documents, compared with a naive model of each. */
class ReplicaPropertyTest {
  private static final int ROUNDS = 60;
  private static final int PUTS = 25;
  private static final byte[] ALPHABET = {0, 1, 'a', 'b', (byte) 0xFE, (byte) 0xFF};

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("insert rule, queries, heads, ranges and counts are those of a naive model")
  void put_randomEntries_equalsModel(StoresUnderTest kind) {
    long seed = System.nanoTime();
    System.out.println(kind + " seed " + seed);
    run(kind, seed);
  }

  private void run(StoresUnderTest kind, long seed) {
    Random random = new Random(seed);
    StoresUnderTest.Place place = kind.at(folder);
    NamespaceId[] names = {Entries.namespace(1), Entries.namespace(2)};
    NaiveReplica[] models = {new NaiveReplica(), new NaiveReplica()};
    ReplicaStore store = KeyValueReplicaStore.open(place.open());
    for (int round = 0; round < ROUNDS; round++) {
      String where = kind + " seed " + seed + " round " + round;
      NaiveReplica[] before = {models[0].copy(), models[1].copy()};
      boolean keep = random.nextInt(5) != 0;
      Deque<Runnable> unsigned = new ArrayDeque<>();
      try (ReplicaWriter writer = store.write()) {
        for (int i = 0; i < PUTS; i++) {
          int doc = random.nextInt(4) == 0 ? 1 : 0;
          put(writer, models[doc], entry(random, names[doc]), unsigned, random, where);
        }
        sign(unsigned);
        check(writer, names[0], models[0], random, where);
        if (random.nextInt(20) == 0) {
          while (!writer.drop(names[1], () -> random.nextInt(3) == 0)) {
            assertEquals(Optional.empty(), writer.capability(names[1]), where);
          }
          models[1] = new NaiveReplica();
          check(writer, names[1], models[1], random, where);
        }
        if (keep) {
          writer.commit(Durability.LAZY);
        }
      }
      if (!keep) {
        models = before;
      }
      if (random.nextInt(6) == 0) {
        store.close();
        store = KeyValueReplicaStore.open(place.open());
      }
      try (ReplicaReader reader = store.read()) {
        check(reader, names[0], models[0], random, where);
        check(reader, names[1], models[1], random, where);
      }
    }
    store.close();
  }

  /** Puts an entry; if it can and wants to, without its signatures, which are then to be added. */
  private static void put(
      ReplicaWriter writer,
      NaiveReplica model,
      SignedEntry entry,
      Deque<Runnable> unsigned,
      Random random,
      String where) {
    NamespaceId name = entry.id().namespace();
    Timestamp time = entry.record().timestamp();
    boolean newest = model.heads().heads().values().stream().allMatch(time::isAfter);
    assertEquals(newest, writer.isNewest(name, time), where);
    if (random.nextBoolean()) {
      Optional<ReplicaWriter.Unsigned> place = writer.putUnsigned(entry.entry());
      if (place.isPresent()) {
        assertEquals(List.of(), model.protectors(entry), where);
        assertEquals(List.of(), model.insert(entry), where);
        unsigned.add(() -> place.get().sign(entry.signature()));
        return;
      }
    }
    sign(unsigned);
    List<SignedEntry> removed = new ArrayList<>();
    InsertOutcome outcome = null;
    int before = 0;
    while (outcome == null) {
      before = removed.size();
      outcome = writer.put(entry, removed::add, random::nextBoolean).orElse(null);
    }
    List<SignedEntry> protectors = model.protectors(entry);
    if (protectors.isEmpty()) {
      List<SignedEntry> expected = model.insert(entry);
      assertEquals(expected, removed, where);
      assertEquals(new InsertOutcome.Inserted(expected.size() - before), outcome, where);
    } else {
      SignedEntry parent = assertInstanceOf(InsertOutcome.Obsolete.class, outcome, where).parent();
      assertTrue(protectors.contains(parent), where);
      assertTrue(removed.isEmpty(), where);
    }
  }

  private static void sign(Deque<Runnable> unsigned) {
    unsigned.forEach(Runnable::run);
    unsigned.clear();
  }

  static void check(
      ReplicaReader reader, NamespaceId name, NaiveReplica model, Random random, String where) {
    assertEquals(model.entries.size(), reader.count(name), where);
    assertEquals(model.heads(), reader.heads(name), where);
    assertEquals(model.heads(), headsInParts(reader, name, random), where);
    for (int i = 0; i < 10; i++) {
      RecordIdentifier id = id(random, name);
      assertEquals(Optional.ofNullable(model.entries.get(id)), reader.get(id), where);
      assertEquals(model.newestAround(id), reader.newestAround(id), where + " around " + id);
      assertEquals(model.newestAround(id), newestInParts(reader, id), where + " in parts around " + id);
      assertEquals(model.heads().head(id.author()), reader.head(name, id.author()), where);
    }
    for (int i = 0; i < 10; i++) {
      Query query = query(random);
      assertEquals(model.query(query), pages(reader, name, query, 1 + random.nextInt(7)), where + " " + query);
      assertEquals(model.query(query), pausing(reader, name, query, random), where + " with pauses, " + query);
      assertEquals(model.query(query), pausingAtEach(reader, name, query, model), where + " with all pauses, " + query);
    }
    Ranges.check(reader.range(name), model, name, random, where);
  }

  private static AuthorHeads headsInParts(ReplicaReader reader, NamespaceId name, Random random) {
    Map<AuthorId, Timestamp> heads = new HashMap<>();
    Optional<AuthorId> after = Optional.empty();
    do {
      after = reader.heads(name, after, random::nextBoolean, (author, head) -> assertNull(heads.put(author, head)));
    } while (after.isPresent());
    return AuthorHeads.of(heads);
  }

  private static Optional<Timestamp> newestInParts(ReplicaReader reader, RecordIdentifier id) {
    NewestAround around = NewestAround.NONE;
    do {
      around = reader.newestAround(id, around, () -> true);
    } while (around.paused().isPresent());
    return around.newest();
  }

  private static List<SignedEntry> pausing(ReplicaReader reader, NamespaceId name, Query query, Random random) {
    return entries(pages(from -> reader.page(name, query, from, 1 + random.nextInt(7), () -> random.nextInt(4) == 0)));
  }

  /** Pauses at each record that is looked at, also between two authors at a key. */
  private static List<SignedEntry> pausingAtEach(
      ReplicaReader reader, NamespaceId name, Query query, NaiveReplica model) {
    List<Page> pages = pages(from -> reader.page(name, query, from, Integer.MAX_VALUE, () -> true));
    if (query.kind() == Query.Kind.SINGLE_LATEST_PER_KEY && query.author().isEmpty()) {
      long records = model.entries.keySet().stream().filter(id -> query.keys().matches(id.key())).count();
      assertEquals(records + 1, pages.size(), "one page for each record, and the end: " + query);
    }
    return entries(pages);
  }

  private static List<Page> pages(Function<Optional<PageMark>, Page> next) {
    List<Page> pages = new ArrayList<>();
    Optional<PageMark> from = Optional.empty();
    do {
      Page page = next.apply(from);
      pages.add(page);
      from = page.rest();
    } while (from.isPresent());
    return pages;
  }

  private static List<SignedEntry> entries(List<Page> pages) {
    return pages.stream().flatMap(page -> page.entries().stream()).toList();
  }

  static List<SignedEntry> pages(ReplicaReader reader, NamespaceId name, Query query, int size) {
    List<SignedEntry> all = new ArrayList<>();
    Optional<RecordIdentifier> after = Optional.empty();
    while (true) {
      List<SignedEntry> page = reader.page(name, query, after, size);
      all.addAll(page);
      if (page.isEmpty()) {
        return all;
      }
      after = Optional.of(page.get(page.size() - 1).id());
    }
  }

  private static Query query(Random random) {
    KeyFilter keys =
        switch (random.nextInt(3)) {
          case 0 -> new KeyFilter.Any();
          case 1 -> new KeyFilter.Exact(key(random));
          default -> new KeyFilter.Prefix(key(random));
        };
    Query query = random.nextBoolean() ? Query.all() : Query.singleLatestPerKey();
    query = query.withKeys(keys);
    Query.Sort sort = random.nextBoolean() ? Query.Sort.AUTHOR_KEY : Query.Sort.KEY_AUTHOR;
    query = query.withSort(sort, random.nextBoolean());
    query = random.nextInt(3) == 0 ? query.withAuthor(Entries.author(random.nextInt(3))) : query;
    query = random.nextBoolean() ? query.withEmpty() : query;
    return random.nextInt(3) == 0 ? query.withPage(random.nextInt(5), Long.MAX_VALUE) : query;
  }

  private static SignedEntry entry(Random random, NamespaceId name) {
    long timestamp = random.nextInt(20) == 0 ? -1L - random.nextInt(3) : 1 + random.nextInt(40);
    int content = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(5);
    return Entries.entry(id(random, name), timestamp, content);
  }

  static RecordIdentifier id(Random random, NamespaceId name) {
    return Entries.id(name, Entries.author(random.nextInt(3)), key(random));
  }

  /** Short keys of few bytes, so that prefixes are common; now and then a long one at a place where rows are cut. */
  private static Key key(Random random) {
    int length = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(6);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
    }
    if (random.nextInt(4) != 0) {
      return Key.of(bytes);
    }
    int[] lengths = {180, 406, 407, 408, 471 * 2 - 64, 471 * 3 - 64, 2000};
    byte[] longer = new byte[lengths[random.nextInt(lengths.length)] + random.nextInt(2) * length];
    System.arraycopy(bytes, 0, longer, longer.length - Math.min(length, longer.length), length);
    return Key.of(longer);
  }
}
