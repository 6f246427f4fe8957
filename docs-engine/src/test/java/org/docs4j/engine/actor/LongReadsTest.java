package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.Query.KeyFilter;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads very many rows for one answer takes several turns, between which other documents go on. */
class LongReadsTest {
  private static final int STEPS = 16;

  private final ActorCase node = new ActorCase(STEPS);

  /** Waits for a task; returns how many actions on another document were answered before it was done. */
  private int answeredBefore(CompletableFuture<?> work) {
    int answered = 0;
    while (!work.isDone()) {
      node.await(node.sync.count(OTHER));
      answered++;
    }
    return answered;
  }

  @Test
  void when_thousandsOfEntriesAreLookedUp_then_otherDocumentsGoOnAndEachPlaceIsRight() {
    node.fill(DOC, 500);
    List<SignedEntry> asked = new ArrayList<>();
    node.entries(DOC).forEach(entry -> asked.addAll(Collections.nCopies(10, entry)));
    Collections.shuffle(asked, new Random(1));
    BitSet expected = new BitSet();
    expected.set(0, asked.size());
    SignedEntry otherSignature = asked.get(0);
    for (int i = 3; i < asked.size(); i += 7) {
      SignedEntry entry = asked.get(i);
      if (!entry.equals(otherSignature)) {
        asked.set(i, new SignedEntry(otherSignature.signature(), entry.entry()));
        expected.clear(i);
      }
    }
    CompletableFuture<BitSet> held = node.sync.held(DOC, List.copyOf(asked));
    CompletableFuture<Long> count = node.sync.count(DOC);
    int answered = answeredBefore(held);
    assertTrue(answered > asked.size() / STEPS / 2, "answered meanwhile: " + answered);
    assertEquals(expected, node.await(held));
    assertEquals(500, node.await(count));
  }

  @Test
  void when_veryMuchContentIsWanted_then_otherDocumentsGoOnWhileItIsRead() {
    int many = 20_000;
    node.await(node.sync.shutdown());
    List<Hash> wanted = new ArrayList<>();
    try (ReplicaWriter writer = KeyValueReplicaStore.open(node.store).write()) {
      for (int i = 0; i < many; i++) {
        Hash hash = Hash.ofContent(new byte[] {(byte) i, (byte) (i >> 8)});
        wanted.add(hash);
        writer.putWanted(DOC, hash);
        writer.putWanted(OTHER, hash);
      }
      writer.commit(Durability.SYNC);
    }
    node.crash();
    node.await(node.sync.open(OTHER, OpenOptions.DEFAULT));
    Collections.sort(wanted);
    int max = many - 5;
    CompletableFuture<List<Hash>> read = node.sync.wanted(DOC, max);
    CompletableFuture<Hash> arrived = node.sync.contentArrived(DOC, wanted.get(0));
    int answered = answeredBefore(read);
    assertTrue(answered > many / STEPS / 2, "answered meanwhile: " + answered);
    assertEquals(wanted.subList(0, max), node.await(read));
    node.await(arrived);
    assertEquals(wanted.subList(1, many), node.await(node.sync.wanted(DOC, many)));
    assertEquals(List.of(), node.await(node.sync.wanted(DOC, 0)));
    assertFalse(node.await(node.sync.wanted(OTHER, many)).isEmpty());
  }

  /** Writes an entry of each of so many authors at a key, the one of the last but two the newest. */
  private static SignedEntry putAuthors(ReplicaWriter writer, String key, int authors, Hash newest) {
    SignedEntry signed = Entries.unsigned(ActorCase.AUTHOR, key, 1, "x");
    SignedEntry last = signed;
    for (int i = 0; i < authors; i++) {
      boolean isNewest = i == Math.max(0, authors - 3);
      RecordIdentifier id = new RecordIdentifier(DOC, new AuthorId(new Bytes32(i, 0, 0, 0)), Key.of(key));
      Hash hash = isNewest ? newest : CONTENT;
      long length = hash.equals(Hash.EMPTY) ? 0 : 1;
      Timestamp time = new Timestamp(isNewest ? 1000 : 1 + i * 7 % 999);
      SignedEntry entry = new SignedEntry(signed.signature(), new Entry(id, new Record(length, hash, time)));
      writer.put(entry, removed -> {});
      last = isNewest ? entry : last;
    }
    return last;
  }

  private List<SignedEntry> write(Function<ReplicaWriter, List<SignedEntry>> writes) {
    node.await(node.sync.shutdown());
    List<SignedEntry> newest;
    try (ReplicaWriter writer = KeyValueReplicaStore.open(node.store).write()) {
      newest = writes.apply(writer);
      writer.commit(Durability.SYNC);
    }
    node.crash();
    node.await(node.sync.open(OTHER, OpenOptions.DEFAULT));
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    return newest;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_thousandsOfAuthorsWroteAtOneKey_then_otherDocumentsGoOnWhileTheNewestEntryIsLookedFor(boolean descending) {
    int many = 4000;
    List<SignedEntry> newest =
        write(writer -> List.of(putAuthors(writer, "one", many, CONTENT), putAuthors(writer, "two", many, Hash.EMPTY)));
    Query query = Query.singleLatestPerKey().withSort(Query.Sort.KEY_AUTHOR, descending);
    Query one = query.withKeys(new KeyFilter.Exact(Key.of("one")));
    Query two = query.withKeys(new KeyFilter.Exact(Key.of("two")));
    assertInManyTurns(many, newest.subList(0, 1), one);
    assertInManyTurns(many, List.of(), two);
    assertInManyTurns(many, newest.subList(1, 2), two.withEmpty());
    assertInManyTurns(many, List.of(), one.withPage(1, 1));
  }

  /** Asks for a page that takes reading so many rows. */
  private void assertInManyTurns(int rows, List<SignedEntry> expected, Query query) {
    CompletableFuture<List<SignedEntry>> page = node.sync.getPage(DOC, query, Optional.empty(), 9);
    int answered = answeredBefore(page);
    assertTrue(answered > rows / STEPS / 2, "answered meanwhile: " + answered);
    assertEquals(expected, node.await(page));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_severalKeysHaveThousandsOfAuthors_then_otherDocumentsGoOnWhileTheyAreListed(boolean descending) {
    int many = 1000;
    List<SignedEntry> newest =
        new ArrayList<>(
            write(
                writer ->
                    List.of(
                        putAuthors(writer, "a", 1, CONTENT),
                        putAuthors(writer, "b", many, CONTENT),
                        putAuthors(writer, "c", many, Hash.EMPTY),
                        putAuthors(writer, "d", many, CONTENT),
                        putAuthors(writer, "e", 1, CONTENT))));
    if (descending) {
      Collections.reverse(newest);
    }
    Query query = Query.singleLatestPerKey().withSort(Query.Sort.KEY_AUTHOR, descending);
    assertListed(3 * many, newest, query.withEmpty());
    assertInManyTurns(3 * many, newest.subList(4, 5), query.withPage(3, 1));
    newest.remove(2);
    assertListed(3 * many, newest, query);
  }

  private void assertListed(int rows, List<SignedEntry> expected, Query query) {
    List<SignedEntry> listed = new ArrayList<>();
    int answered = 0;
    boolean end = false;
    while (!end) {
      Optional<RecordIdentifier> last = listed.isEmpty() ? Optional.empty() : Optional.of(listed.get(listed.size() - 1).id());
      CompletableFuture<List<SignedEntry>> page = node.sync.getPage(DOC, query, last, 9);
      answered += answeredBefore(page);
      listed.addAll(node.await(page));
      end = node.await(page).isEmpty();
    }
    assertEquals(expected, listed);
    assertTrue(answered > rows / STEPS / 2, "answered meanwhile: " + answered);
  }

  @Test
  void when_theNewestEntryOfAKeyIsLookedFor_then_theDocumentDoesNotChangeMeanwhile() {
    int many = 1000;
    List<SignedEntry> newest = write(writer -> List.of(putAuthors(writer, "one", many, CONTENT)));
    Query query = Query.singleLatestPerKey().withKeys(new KeyFilter.Exact(Key.of("one")));
    CompletableFuture<List<SignedEntry>> page = node.sync.getPage(DOC, query, Optional.empty(), 9);
    node.await(node.sync.count(OTHER));
    CompletableFuture<LocalInsert> write = node.insert(DOC, "one");
    node.await(node.sync.count(OTHER));
    assertFalse(page.isDone());
    assertFalse(write.isDone());
    assertEquals(newest, node.await(page));
    assertFalse(write.isDone());
    node.await(write);
    List<SignedEntry> after = node.await(node.sync.getPage(DOC, query, Optional.empty(), 9));
    assertEquals(ActorCase.AUTHOR.id(), after.get(0).id().author());
  }

  @Test
  void when_aFewAuthorsWroteAtEachOfManyHiddenKeys_then_writesToTheSameDocumentGoOn() {
    int many = 1000;
    List<SignedEntry> newest =
        write(
            writer -> {
              for (int i = 0; i < many; i++) {
                putAuthors(writer, ActorCase.key(i), 3, Hash.EMPTY);
              }
              return List.of(putAuthors(writer, "last", 1, CONTENT));
            });
    CompletableFuture<List<SignedEntry>> page =
        node.sync.getPage(DOC, Query.singleLatestPerKey(), Optional.empty(), 9);
    int written = 0;
    while (!page.isDone()) {
      node.await(node.insert(DOC, "a" + written + "."));
      written++;
    }
    assertTrue(written > 3, "written meanwhile: " + written);
    assertEquals(newest, node.await(page));
  }
}
