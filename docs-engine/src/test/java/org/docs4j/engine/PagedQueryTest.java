package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.docs4j.api.Doc;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagedQueryTest {
  private static final Comparator<Entry> BY_AUTHOR =
      Comparator.<Entry, AuthorId>comparing(entry -> entry.id().author()).thenComparing(entry -> entry.id().key());
  private static final Comparator<Entry> BY_KEY =
      Comparator.<Entry, Key>comparing(entry -> entry.id().key()).thenComparing(entry -> entry.id().author());

  private final TestMachine machine = new TestMachine();
  private final DocsEngine node = machine.memoryNode();
  private final Doc doc = node.create();
  private final List<Entry> entries = new ArrayList<>();

  @BeforeAll
  void write() throws Exception {
    Hash hash = Hash.ofContent("content".getBytes(StandardCharsets.UTF_8));
    List<CompletableFuture<LocalInsert>> writes = new ArrayList<>();
    for (AuthorId author : List.of(node.authors().create(), node.authors().create())) {
      for (int i = 0; i < 700; i++) {
        writes.add(doc.setHashAsync(author, Key.of(String.format(Locale.ROOT, "key-%04d", i)), hash, 7));
      }
    }
    for (CompletableFuture<LocalInsert> write : writes) {
      entries.add(write.get().entry());
    }
  }

  @AfterAll
  void close() {
    node.close();
    machine.close();
  }

  private List<Entry> expected(Query query, Comparator<Entry> order) {
    List<Entry> all = new ArrayList<>(entries);
    all.sort(order);
    if (query.descending()) {
      Collections.reverse(all);
    }
    return all.stream().skip(query.offset()).limit(query.limit()).toList();
  }

  @Test
  void query_overSeveralPages_givesEveryResultOnceAndInOrder() {
    for (Query.Sort sort : Query.Sort.values()) {
      Comparator<Entry> order = sort == Query.Sort.AUTHOR_KEY ? BY_AUTHOR : BY_KEY;
      for (boolean descending : new boolean[] {false, true}) {
        Query query = Query.all().withSort(sort, descending);
        for (Query part :
            List.of(
                query,
                query.withPage(0, 1024),
                query.withPage(3, 1025),
                query.withPage(700, Long.MAX_VALUE),
                query.withPage(1399, 5),
                query.withPage(1400, 5),
                query.withPage(5, 0))) {
          try (Stream<Entry> found = doc.query(part)) {
            assertEquals(expected(part, order), found.toList(), part.toString());
          }
        }
      }
    }
  }

  @Test
  void query_whileEntriesAreAdded_goesOnBehindTheLastOneGiven() {
    List<Key> seen = new ArrayList<>();
    try (Doc other = node.create();
        Stream<Entry> found = other.query(Query.all())) {
      byte[] content = {1};
      other.set(Key.of("a"), content);
      other.set(Key.of("c"), content);
      found.forEach(
          entry -> {
            seen.add(entry.id().key());
            other.set(Key.of("b"), content);
          });
    }
    assertEquals(List.of(Key.of("a"), Key.of("c")), seen.stream().filter(key -> !key.equals(Key.of("b"))).toList());
  }
}
