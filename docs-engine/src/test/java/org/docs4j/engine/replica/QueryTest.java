package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.Query;
import org.docs4j.api.Query.KeyFilter;
import org.docs4j.api.Query.Kind;
import org.docs4j.api.Query.Sort;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every combination of what a query can ask for, compared with a naive model, and the rules of the newest per key. */
class QueryTest {
  private static final NamespaceId NAME = Entries.namespace(1);
  private static final List<Key> KEYS =
      List.of(
          Key.EMPTY, key(0), key(0, 0), key(0, 1), key(0, 0xFF), Key.of("a"), Key.of("a/"), Key.of("a/b"), Key.of("ab"),
          Key.of("b"), key(0xFE), key(0xFF), key(0xFF, 0), key(0xFF, 0xFF), Key.of("a".repeat(600)),
          Key.of("a".repeat(600) + "b"));
  private static final List<KeyFilter> FILTERS =
      List.of(
          new KeyFilter.Any(),
          new KeyFilter.Exact(Key.EMPTY),
          new KeyFilter.Exact(Key.of("a")),
          new KeyFilter.Exact(Key.of("not there")),
          new KeyFilter.Prefix(Key.EMPTY),
          new KeyFilter.Prefix(Key.of("a")),
          new KeyFilter.Prefix(key(0)),
          new KeyFilter.Prefix(key(0xFF)),
          new KeyFilter.Prefix(Key.of("a".repeat(500))));

  private final NaiveReplica model = new NaiveReplica();

  @TempDir Path folder;

  private static Key key(int... bytes) {
    byte[] key = new byte[bytes.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) bytes[i];
    }
    return Key.of(key);
  }

  @ParameterizedTest
  @EnumSource
  void page_everyCombination_equalsModel(StoresUnderTest kind) {
    long seed = System.nanoTime();
    System.out.println(kind + " seed " + seed);
    try (ReplicaStore store = KeyValueReplicaStore.open(kind.at(folder).open())) {
      fill(store, new Random(seed));
      try (ReplicaReader reader = store.read()) {
        for (Query query : queries()) {
          List<SignedEntry> expected = model.query(query);
          assertEquals(expected, pages(reader, query, 1000), () -> "seed " + seed + " " + query);
          if (expected.size() > 1) {
            assertEquals(expected, pages(reader, query, 2), () -> "seed " + seed + " by two, " + query);
          }
        }
      }
    }
  }

  /** All authors at all keys, with deletions and ties, and a neighbour on either side. */
  private void fill(ReplicaStore store, Random random) {
    try (ReplicaWriter writer = store.write()) {
      for (int round = 0; round < 3; round++) {
        for (Key key : KEYS) {
          for (int author = 0; author < 3; author++) {
            SignedEntry entry = entry(author, key, 1 + random.nextInt(5) + key.size(), random.nextInt(4));
            writer.put(entry, removed -> {});
            if (model.protectors(entry).isEmpty()) {
              model.insert(entry);
            }
          }
        }
      }
      for (int neighbour : new int[] {0, 2}) {
        RecordIdentifier id = new RecordIdentifier(Entries.namespace(neighbour), Entries.author(0), Key.of("a"));
        writer.put(Entries.entry(id, 1, 1), removed -> {});
      }
      writer.commit(Durability.LAZY);
    }
  }

  private static List<Query> queries() {
    List<Optional<AuthorId>> authors = new ArrayList<>(List.of(Optional.empty()));
    for (int author : new int[] {0, 1, 2, 7}) {
      authors.add(Optional.of(Entries.author(author)));
    }
    List<Query> queries = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Optional<AuthorId> author : authors) {
        for (KeyFilter keys : FILTERS) {
          for (Sort sort : Sort.values()) {
            for (int flags = 0; flags < 4; flags++) {
              for (long offset : new long[] {0, 1, 5, 1000}) {
                for (long limit : new long[] {Long.MAX_VALUE, 0, 1, 4}) {
                  queries.add(new Query(kind, author, keys, sort, flags % 2 == 1, flags > 1, offset, limit));
                }
              }
            }
          }
        }
      }
    }
    return queries;
  }

  /** All results, the limit counted over the pages as the caller of a reader has to. */
  private static List<SignedEntry> pages(ReplicaReader reader, Query query, int size) {
    List<SignedEntry> all = new ArrayList<>();
    Optional<RecordIdentifier> after = Optional.empty();
    while (all.size() < query.limit()) {
      int max = (int) Math.min(size, query.limit() - all.size());
      List<SignedEntry> page = reader.page(NAME, query, after, max);
      if (page.isEmpty()) {
        break;
      }
      all.addAll(page);
      after = Optional.of(page.get(page.size() - 1).id());
    }
    return all;
  }

  @Test
  void page_severalAuthorsAtAKey_theNewestThenTheGreaterHashThenTheGreaterAuthorIsShown() {
    Key byTime = Key.of("time");
    Key byHash = Key.of("hash");
    Key byAuthor = Key.of("who");
    int greater = Entries.hash(1).compareTo(Entries.hash(2)) > 0 ? 1 : 2;
    SignedEntry newest = entry(0, byTime, 9, 1);
    SignedEntry hash = entry(0, byHash, 5, greater);
    SignedEntry author = entry(1, byAuthor, 5, 1);
    List<SignedEntry> entries =
        List.of(
            newest, entry(2, byTime, 8, 1), entry(1, byTime, 7, 2), hash, entry(1, byHash, 5, 3 - greater),
            entry(0, byAuthor, 5, 1), author, entry(2, byAuthor, 5, 1));
    assertEquals(List.of(hash, newest, author), newestPerKey(entries, Query.singleLatestPerKey()));
    Query reversed = Query.singleLatestPerKey().withSort(Sort.KEY_AUTHOR, true);
    assertEquals(List.of(author, newest, hash), newestPerKey(entries, reversed));
  }

  @Test
  void page_deletionByOneAuthor_hidesTheOlderEntriesOfOthers() {
    SignedEntry deletion = entry(0, Key.of("k"), 9, 0);
    SignedEntry older = entry(2, Key.of("k"), 8, 1);
    SignedEntry newer = entry(1, Key.of("l"), 9, 1);
    List<SignedEntry> entries = List.of(deletion, older, newer, entry(0, Key.of("l"), 8, 0));
    assertEquals(List.of(newer), newestPerKey(entries, Query.singleLatestPerKey()));
    assertEquals(List.of(deletion, newer), newestPerKey(entries, Query.singleLatestPerKey().withEmpty()));
    Query ofTheOther = Query.singleLatestPerKey().withAuthor(Entries.author(2));
    assertEquals(List.of(older), newestPerKey(entries, ofTheOther));
    assertEquals(List.of(newer), newestPerKey(entries, Query.singleLatestPerKey().withPage(0, 1)));
    assertEquals(List.of(), newestPerKey(entries, Query.singleLatestPerKey().withPage(1, 1)));
  }

  /** The results, which do not depend on the order in which the entries come. */
  private static List<SignedEntry> newestPerKey(List<SignedEntry> entries, Query query) {
    List<SignedEntry> reversed = new ArrayList<>(entries);
    Collections.reverse(reversed);
    List<SignedEntry> found = results(entries, query);
    assertEquals(found, results(reversed, query));
    return found;
  }

  private static List<SignedEntry> results(List<SignedEntry> entries, Query query) {
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
        ReplicaWriter writer = store.write()) {
      entries.forEach(entry -> writer.put(entry, removed -> {}));
      return pages(writer, query, 2);
    }
  }

  @Test
  void page_storeIsChangedInBetween_goesOnBehindTheLastOneGiven() {
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory())) {
      for (String key : List.of("a", "b", "d")) {
        put(store, entry(2, Key.of(key), 1, 1));
      }
      List<SignedEntry> first;
      try (ReplicaReader reader = store.read()) {
        first = reader.page(NAME, Query.all(), Optional.empty(), 2);
      }
      put(store, entry(2, Key.of("b"), 2, 0));
      put(store, entry(2, Key.of("c"), 2, 1));
      try (ReplicaReader reader = store.read()) {
        List<SignedEntry> rest = reader.page(NAME, Query.all(), Optional.of(first.get(1).id()), 9);
        assertEquals(List.of(Key.of("c"), Key.of("d")), rest.stream().map(entry -> entry.id().key()).toList());
        assertThrows(IllegalArgumentException.class, () -> reader.page(NAME, Query.all(), Optional.empty(), 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void page_newestOfAKeyIsRemovedBeforeItGoesOn_looksAtTheKeyAnew(boolean descending) {
    Query query =
        Query.singleLatestPerKey()
            .withKeys(new KeyFilter.Prefix(Key.of("a/")))
            .withSort(Sort.KEY_AUTHOR, descending);
    int first = descending ? 1 : 0;
    int last = 1 - first;
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory())) {
      put(store, entry(first, Key.of("a/b"), 5, 1));
      put(store, entry(2, Key.of("a/b"), 4, 1));
      put(store, entry(last, Key.of("a/b"), 3, 1));
      Page page;
      try (ReplicaReader reader = store.read()) {
        page = reader.page(NAME, query, Optional.empty(), 9, () -> true);
        page = reader.page(NAME, query, page.rest(), 9, () -> true);
      }
      assertEquals(List.of(), page.entries());
      put(store, entry(first, Key.of("a"), 6, 0));
      try (ReplicaReader reader = store.read()) {
        Page rest = reader.page(NAME, query, page.rest(), 9, () -> false);
        assertEquals(List.of(entry(2, Key.of("a/b"), 4, 1)), rest.entries());
        assertEquals(Optional.empty(), rest.rest());
      }
    }
  }

  private static void put(ReplicaStore store, SignedEntry entry) {
    try (ReplicaWriter writer = store.write()) {
      writer.put(entry, removed -> {});
      writer.commit(Durability.LAZY);
    }
  }

  private static SignedEntry entry(int author, Key key, long timestamp, int content) {
    return Entries.entry(new RecordIdentifier(NAME, Entries.author(author), key), timestamp, content);
  }
}
