package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.docs4j.engine.actor.ActorCase.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long work takes several turns: nobody sees half of it, other documents go on, and a crash in the middle loses nothing. */
class SlicesTest {
  private static final int STEPS = 16;
  private static final int ENTRIES = 300;
  private static final EndpointId PEER = EndpointSecret.of(new byte[32]).id();

  private final ActorCase node = new ActorCase(STEPS);

  /** A task that goes on until the given number of actions on another document were answered between its slices. */
  private void goOn(CompletableFuture<?> work, int actions) {
    for (int i = 0; i < actions && !work.isDone(); i++) {
      node.await(node.sync.count(OTHER));
    }
  }

  private SignedEntry remote(String key, String content) {
    RecordIdentifier id = new RecordIdentifier(DOC, AUTHOR.id(), Key.of(key));
    Timestamp later = node.sim.environment("node").clock().now().plus(Duration.ofMinutes(1));
    Record record =
        content.isEmpty()
            ? Record.tombstone(later)
            : new Record(content.length(), Hash.ofContent(content.getBytes(StandardCharsets.UTF_8)), later);
    return new Entry(id, record).sign(SECRET, AUTHOR);
  }

  @Test
  void when_aHugeDocumentIsDropped_then_writesToAnotherAreAnsweredMeanwhile() {
    ActorCase large = new ActorCase(Slice.STEPS);
    large.await(large.sync.shutdown());
    int count = 100_000;
    try (ReplicaWriter writer = KeyValueReplicaStore.open(large.store).write()) {
      for (int i = 0; i < count; i++) {
        writer.put(Entries.unsigned(AUTHOR, ActorCase.key(i), 1 + i, "x"), removed -> {});
      }
      writer.commit(Durability.SYNC);
    }
    large.crash();
    large.await(large.sync.open(OTHER, OpenOptions.DEFAULT));
    large.await(large.sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(count, large.await(large.sync.count(DOC)));
    CompletableFuture<NamespaceId> drop = large.sync.drop(DOC);
    CompletableFuture<Long> waiting = large.sync.count(DOC);
    int answered = 0;
    while (!drop.isDone()) {
      large.await(large.insert(OTHER, "key " + answered + "."));
      assertTrue(drop.isDone() || !waiting.isDone(), "the document is seen while it is being removed");
      answered++;
    }
    assertTrue(answered > 100, "answered meanwhile: " + answered);
    assertInstanceOf(ReplicaNotFoundException.class, large.failure(waiting));
    assertEquals(answered, large.await(large.sync.count(OTHER)));
  }

  @Test
  void when_manyAuthorsWroteAtOneKey_then_aWriteThereAndTheirHeadsPauseForOthers() {
    node.await(node.sync.shutdown());
    try (ReplicaWriter writer = KeyValueReplicaStore.open(node.store).write()) {
      for (int i = 1; i <= ENTRIES; i++) {
        RecordIdentifier id = new RecordIdentifier(DOC, new AuthorId(new Bytes32(i, 0, 0, 0)), Key.of("one"));
        Record record = new Record(1, CONTENT, new Timestamp(i));
        writer.put(new SignedEntry(remote("one", "x").signature(), new Entry(id, record)), removed -> {});
      }
      writer.commit(Durability.SYNC);
    }
    node.crash();
    node.await(node.sync.open(OTHER, OpenOptions.DEFAULT));
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    CompletableFuture<AuthorHeads> heads = node.sync.heads(DOC, Integer.MAX_VALUE);
    CompletableFuture<LocalInsert> write = node.insert(DOC, "one");
    goOn(heads, 5);
    assertFalse(heads.isDone());
    assertEquals(ENTRIES, node.await(heads).heads().size());
    goOn(write, 5);
    assertFalse(write.isDone());
    assertTrue(node.await(write).entry().record().timestamp().isAfter(new Timestamp(ENTRIES)));
    AuthorHeads theirs = AuthorHeads.of(Map.of(
        new AuthorId(new Bytes32(1, 0, 0, 0)), new Timestamp(2),
        new AuthorId(new Bytes32(2, 0, 0, 0)), new Timestamp(2),
        new AuthorId(new Bytes32(-1, 0, 0, 0)), new Timestamp(1)));
    assertEquals(2, node.await(node.sync.hasNewsForUs(DOC, theirs)));
  }

  @Test
  void when_dropIsUnderWay_then_theDocumentIsNotListedAndImportWaits() {
    node.fill(DOC, ENTRIES);
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    CompletableFuture<Capability> again = node.sync.importNamespace(new Capability.Read(DOC));
    goOn(drop, 3);
    assertFalse(drop.isDone());
    assertFalse(again.isDone());
    assertEquals(List.of(OTHER), node.await(node.sync.listReplicas()).stream().map(Capability::id).toList());
    node.await(drop);
    assertEquals(new Capability.Read(DOC), node.await(again));
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(0, node.await(node.sync.count(DOC)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 20, 30})
  void when_nodeIsKilledWhileDropping_then_nextStartRemovesTheRest(int slices) {
    node.fill(DOC, ENTRIES);
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    goOn(drop, slices);
    node.await(node.sync.flush());
    assertFalse(drop.isDone());
    node.crash();
    CompletableFuture<Capability> imported = node.sync.importNamespace(new Capability.Write(SECRET));
    node.await(imported);
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(0, node.await(node.sync.count(DOC)));
    assertEquals(List.of(), node.entries(DOC));
    node.await(node.insert(DOC, "after"));
    assertEquals(1, node.await(node.sync.count(DOC)));
  }

  @Test
  void when_nodeIsKilledWhileDropping_then_nobodyHasToAskForTheRest() {
    node.fill(DOC, ENTRIES);
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    goOn(drop, 5);
    node.await(node.sync.flush());
    node.crash();
    node.sim.run(Duration.ofSeconds(2));
    try (ReplicaReader reader = KeyValueReplicaStore.open(node.store).read()) {
      assertEquals(List.of(), reader.unfinished());
      assertEquals(0, reader.count(DOC));
      assertEquals(List.of(), reader.page(DOC, Query.all().withEmpty(), Optional.empty(), 9));
    }
  }

  @Test
  void when_nodeIsKilledBeforeAnythingIsCommitted_then_theDocumentIsAsBefore() {
    node.fill(DOC, ENTRIES);
    node.await(node.sync.flush());
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    goOn(drop, 5);
    assertFalse(drop.isDone());
    node.crash();
    node.await(node.sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(ENTRIES, node.entries(DOC).size());
  }

  @Test
  void when_veryManyEntriesAreDeleted_then_nobodySeesHalfOfItAndOthersGoOn() {
    ActorCase many = new ActorCase(2);
    many.fill(DOC, 1000);
    CompletableFuture<LocalInsert> deletion = many.sync.deletePrefix(DOC, AUTHOR.id(), Key.of("key"));
    CompletableFuture<Long> count = many.sync.count(DOC);
    int before = many.events.size();
    for (int i = 0; i < 4; i++) {
      many.await(many.insert(OTHER, "k" + i + "."));
    }
    assertFalse(deletion.isDone());
    assertFalse(count.isDone());
    LocalInsert done = many.await(deletion);
    assertEquals(1000, done.removed());
    assertEquals(LocalInsert.MAX_KEYS, done.removedKeys().size());
    assertEquals(1, many.await(count));
    List<ReplicaEvent> told =
        many.events.subList(before, many.events.size()).stream().filter(e -> e.namespace().equals(DOC)).toList();
    assertEquals(1, told.size());
    assertTrue(told.get(0).entry().entry().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8})
  void when_nodeIsKilledWhileDeleting_then_theTombstoneIsThereAndNothingBelowIt(int slices) {
    ActorCase many = new ActorCase(2);
    many.fill(DOC, 1000);
    many.await(many.insert(DOC, "other"));
    CompletableFuture<LocalInsert> deletion = many.sync.deletePrefix(DOC, AUTHOR.id(), Key.of("key"));
    for (int i = 0; i < slices; i++) {
      many.await(many.sync.count(OTHER));
    }
    many.await(many.sync.flush());
    assertFalse(deletion.isDone());
    many.crash();
    many.await(many.sync.open(DOC, OpenOptions.DEFAULT));
    List<SignedEntry> entries = many.entries(DOC);
    assertEquals(List.of(Key.of("key"), Key.of("other")), entries.stream().map(e -> e.id().key()).toList());
    assertTrue(entries.get(0).entry().isEmpty() && entries.get(0).verify());
    assertEquals(2, many.await(many.sync.count(DOC)));
    many.await(many.insert(DOC, "key again"));
  }

  @Test
  void when_nodeIsKilledWhileAnEntryOfAPeerRemovesMany_then_itIsStoredAndItsContentWanted() {
    ActorCase many = new ActorCase(2);
    many.fill(DOC, 1000);
    SignedEntry entry = remote("ke", "content");
    CompletableFuture<InsertOutcome> insert =
        many.sync.insertRemote(DOC, entry, PEER, ContentStatus.COMPLETE);
    for (int i = 0; i < 3; i++) {
      many.await(many.sync.count(OTHER));
    }
    many.await(many.sync.flush());
    assertFalse(insert.isDone());
    many.crash();
    many.await(many.sync.open(DOC, OpenOptions.DEFAULT));
    assertEquals(List.of(entry), many.entries(DOC));
    assertEquals(List.of(entry.record().hash()), many.await(many.sync.wanted(DOC, 9)));
  }

  @Test
  void when_aMessageOfAPeerTakesLong_then_otherDocumentsGoOnAndAllOfItIsStored() {
    ActorCase many = new ActorCase(2);
    many.fill(DOC, 1000);
    Exchange exchange = many.sync.beginExchange(DOC);
    List<Part.Value> values = new ArrayList<>();
    SignedEntry deletion = remote("key", "");
    values.add(new Part.Value(deletion, ContentStatus.COMPLETE));
    for (int i = 0; i < 20; i++) {
      values.add(new Part.Value(remote("new" + i + ".", "x"), ContentStatus.MISSING));
    }
    Piece items = new Piece.Items(Range.all(Range.ZERO), values, true, true);
    BitSet bad = new BitSet();
    bad.set(7);
    CompletableFuture<TakenPieces> taken =
        many.sync.takePieces(DOC, exchange, new CheckedPieces(List.of(items), bad), PEER, true);
    int answered = 0;
    while (!taken.isDone()) {
      many.await(many.sync.count(OTHER));
      answered++;
    }
    assertTrue(answered > 10, "answered meanwhile: " + answered);
    assertEquals(20, many.await(taken).stored());
    assertEquals(1, many.await(taken).rejected());
    assertEquals(20, many.await(many.sync.count(DOC)));
  }

  @Test
  void when_aCommitFailsWhileDropping_then_itIsToldAndTheRestGoesBeforeAnythingElse() {
    node.fill(DOC, ENTRIES);
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    CompletableFuture<Long> next = node.sync.count(DOC);
    goOn(drop, 5);
    node.await(node.sync.flush());
    goOn(drop, 2);
    node.failing.fail("commit");
    assertInstanceOf(StoreException.class, node.failure(node.sync.flush()));
    assertInstanceOf(StoreException.class, node.failure(drop));
    node.failing.fail("");
    assertInstanceOf(ReplicaNotFoundException.class, node.failure(next));
    assertEquals(new Capability.Read(DOC), node.await(node.sync.importNamespace(new Capability.Read(DOC))));
  }

  @Test
  void when_resultsLieFarBehindHiddenOnes_then_writesToTheSameDocumentGoOn() {
    int many = 3000;
    node.fill(DOC, many);
    CompletableFuture<List<SignedEntry>> page =
        node.sync.getPage(DOC, Query.all().withPage(many - 1, 5), Optional.empty(), 5);
    int written = 0;
    while (!page.isDone()) {
      node.await(node.insert(DOC, "a" + written + "."));
      written++;
    }
    assertTrue(written > 3, "written meanwhile: " + written);
    assertEquals(List.of(ActorCase.key(many - 1)), node.await(page).stream().map(e -> e.id().key().toString()).toList());
  }

  @Test
  void when_shutDownWithWorkUnderWay_then_itIsDoneAndEverythingIsAnswered() {
    node.fill(DOC, ENTRIES);
    node.fill(OTHER, ENTRIES);
    CompletableFuture<NamespaceId> drop = node.sync.drop(DOC);
    CompletableFuture<Long> late = node.sync.count(DOC);
    CompletableFuture<LocalInsert> deletion = node.sync.deletePrefix(OTHER, AUTHOR.id(), Key.EMPTY);
    CompletableFuture<List<SignedEntry>> page =
        node.sync.getPage(OTHER, Query.all().withEmpty(), Optional.empty(), 9);
    goOn(drop, 2);
    CompletableFuture<Boolean> end = node.sync.shutdown();
    assertInstanceOf(ReplicaClosedException.class, node.failure(node.sync.count(OTHER)));
    node.await(end);
    assertTrue(drop.isDone() && !drop.isCompletedExceptionally());
    assertInstanceOf(ReplicaNotFoundException.class, node.failure(late));
    assertEquals(ENTRIES, deletion.join().removed());
    assertEquals(1, page.join().size());
    assertTrue(node.store.isClosed());
    try (ReplicaReader reader = KeyValueReplicaStore.open(node.store).read()) {
      assertEquals(List.of(), reader.unfinished());
      assertEquals(0, reader.count(DOC));
      assertEquals(1, reader.count(OTHER));
    }
  }

  @Test
  void contentHashes_areCollectedOnASnapshotWithEverythingBefore() {
    node.fill(DOC, ENTRIES);
    CompletableFuture<LocalInsert> last = node.sync.insertLocal(DOC, AUTHOR.id(), Key.of("z"), Hash.ofContent(new byte[] {9}), 1);
    CompletableFuture<Set<Hash>> hashes = node.sync.contentHashes();
    CompletableFuture<LocalInsert> after = node.sync.deletePrefix(DOC, AUTHOR.id(), Key.of("z"));
    assertEquals(Set.of(CONTENT, Hash.ofContent(new byte[] {9})), node.await(hashes));
    node.await(last);
    node.await(after);
    assertEquals(Set.of(CONTENT), node.await(node.sync.contentHashes()));
  }

  @Test
  void deletePrefix_belowEntriesOfTheFuture_isStampedBehindThemInSlices() {
    node.sim.skew("node", Duration.ofMinutes(5));
    node.fill(DOC, ENTRIES);
    node.sim.skew("node", Duration.ZERO);
    LocalInsert deletion = node.await(node.sync.deletePrefix(DOC, AUTHOR.id(), Key.of("k")));
    assertEquals(ENTRIES, deletion.removed());
    assertEquals(1, node.await(node.sync.count(DOC)));
  }
}
