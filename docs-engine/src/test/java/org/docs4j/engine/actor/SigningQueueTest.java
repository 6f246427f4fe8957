package org.docs4j.engine.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaStore;
import org.junit.jupiter.api.Test;

/** Entries signed on the way to the sync actor. */
final class SigningQueueTest {
  private final ActorCase actor = new ActorCase(Slice.STEPS);

  private CompletableFuture<LocalInsert> later(NamespaceId namespace, String key, int content) {
    Hash hash = Hash.ofContent(new byte[] {(byte) content});
    return actor.sync.insertLocalLater(namespace, ActorCase.AUTHOR.id(), Key.of(key), hash, 1);
  }

  @Test
  void insertLocalLater_manyAtOnce_allAreThereAndSigned() {
    List<CompletableFuture<LocalInsert>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(later(i % 7 == 0 ? ActorCase.OTHER : ActorCase.DOC, ActorCase.key(i), i));
    }
    answers.forEach(actor::await);
    List<SignedEntry> entries = new ArrayList<>(actor.entries(ActorCase.DOC));
    entries.addAll(actor.entries(ActorCase.OTHER));
    assertEquals(500, entries.size());
    assertEquals(500, SignedEntry.verifyAll(entries).cardinality());
  }

  @Test
  void insertLocalLater_amongOtherActions_happensInTheOrderOfAsking() {
    Random random = new Random(70);
    List<CompletableFuture<?>> answers = new ArrayList<>();
    Optional<Integer> expected = Optional.empty();
    for (int i = 1; i <= 400; i++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          answers.add(actor.sync.deletePrefix(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("k")));
          expected = Optional.empty();
        }
        case 1 -> {
          Hash hash = Hash.ofContent(new byte[] {(byte) i});
          answers.add(actor.sync.insertLocal(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key"), hash, 1));
          expected = Optional.of(i);
        }
        default -> {
          answers.add(later(ActorCase.DOC, "key", i));
          expected = Optional.of(i);
        }
      }
      if (random.nextInt(50) == 0) {
        answers.forEach(actor::await);
      }
    }
    Optional<Hash> hash =
        actor.await(actor.sync.getExact(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key"), false))
            .map(entry -> entry.record().hash());
    assertEquals(expected.map(i -> Hash.ofContent(new byte[] {i.byteValue()})), hash);
    assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
  }

  @Test
  void insertLocalLater_whatCannotBeWritten_failsAloneAndTyped() {
    CompletableFuture<LocalInsert> good = later(ActorCase.DOC, "good", 1);
    CompletableFuture<LocalInsert> empty =
        actor.sync.insertLocalLater(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("empty"), Hash.EMPTY, 0);
    AuthorId stranger = new AuthorId(Bytes32.ZERO);
    CompletableFuture<LocalInsert> unknown =
        actor.sync.insertLocalLater(ActorCase.DOC, stranger, Key.of("unknown"), ActorCase.CONTENT, 1);
    CompletableFuture<LocalInsert> last = later(ActorCase.DOC, "last", 2);
    assertInstanceOf(InvalidEntryException.class, actor.failure(empty));
    assertInstanceOf(AuthorNotFoundException.class, actor.failure(unknown));
    actor.await(good);
    actor.await(last);
    assertEquals(2, actor.entries(ActorCase.DOC).size());
  }

  @Test
  void shutdown_whileEntriesAreSigned_writesThemAndRefusesMore() {
    List<CompletableFuture<LocalInsert>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(later(ActorCase.DOC, ActorCase.key(i), i));
    }
    CompletableFuture<Boolean> ended = actor.sync.shutdown();
    CompletableFuture<LocalInsert> late = later(ActorCase.DOC, "late", 1);
    actor.await(ended);
    answers.forEach(actor::await);
    assertInstanceOf(ReplicaClosedException.class, actor.failure(late));
    actor.crash();
    actor.await(actor.sync.open(ActorCase.DOC, OpenOptions.DEFAULT));
    assertEquals(200, actor.entries(ActorCase.DOC).size());
  }

  @Test
  void endRequests_whileLongWorkIsUnderWay_endsItAndRefusesApplicationsOnly() {
    ActorCase small = new ActorCase(20);
    small.fill(ActorCase.DOC, 500);
    CompletableFuture<LocalInsert> deletion =
        small.sync.deletePrefix(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key"));
    Hash hash = Hash.ofContent(new byte[] {1});
    CompletableFuture<LocalInsert> write =
        small.sync.insertLocalLater(ActorCase.OTHER, ActorCase.AUTHOR.id(), Key.of("other"), hash, 1);
    CompletableFuture<Boolean> ended = small.sync.endRequests();
    CompletableFuture<LocalInsert> late = small.insert(ActorCase.OTHER, "late");
    CompletableFuture<LocalInsert> later =
        small.sync.insertLocalLater(ActorCase.OTHER, ActorCase.AUTHOR.id(), Key.of("later"), hash, 1);
    small.await(ended);
    assertEquals(500, deletion.join().removed());
    List<Entry> told = small.events.stream().map(event -> event.entry().entry()).toList();
    assertTrue(told.containsAll(List.of(deletion.join().entry(), write.join().entry())));
    assertInstanceOf(ReplicaClosedException.class, small.failure(late));
    assertInstanceOf(ReplicaClosedException.class, small.failure(later));
    assertInstanceOf(ReplicaClosedException.class, small.failure(small.sync.count(ActorCase.DOC)));
    assertEquals(1, small.await(small.sync.size(ActorCase.DOC)), "the tombstone, for a session");
    assertTrue(small.await(small.sync.shutdown()));
    assertTrue(small.await(small.sync.endRequests()));
  }

  @Test
  void write_manyEntries_looksOnceForAQuickerWayToSign() {
    List<Runnable> io = new ArrayList<>();
    Secrets secrets = new Secrets();
    SyncActor target =
        new SyncActor(
            actor.failing, actor.sim.environment("other"), ReconcilerConfig.DEFAULT, secrets, event -> {}, Slice.STEPS);
    SigningQueue queue = new SigningQueue(target, secrets, Runnable::run, io::add, () -> false);
    Entry entry =
        new Entry(
            new RecordIdentifier(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key")),
            new Record(1, ActorCase.CONTENT, actor.sim.environment("other").clock().now()));
    for (int i = 1; i < SigningQueue.MANY; i++) {
      CompletableFuture<LocalInsert> answer = i % 2 == 0 ? queue.write(entry) : queue.writeNow(entry);
      assertFalse(answer.isDone());
    }
    assertTrue(io.isEmpty());
    for (int i = 0; i < 2 * SigningQueue.MANY; i++) {
      CompletableFuture<LocalInsert> answer = queue.writeNow(entry);
      assertFalse(answer.isDone());
    }
    assertEquals(1, io.size());
  }

  /** With real threads, so that writer and actor share the signatures as they come to them. */
  @Test
  void writeNow_whereSignaturesAreShared_keepsAndTellsEachEntryOnceAndSigned() throws Exception {
    List<SignedEntry> told = new CopyOnWriteArrayList<>();
    try (Environment environment = Environment.system();
        ReplicaStore store = FailingStore.inMemory()) {
      Secrets secrets = new Secrets();
      SyncActor target =
          new SyncActor(
              store, environment, ReconcilerConfig.DEFAULT, secrets, event -> told.add(event.entry()), Slice.STEPS);
      target.submit(new StoreAction.ImportNamespace(new Capability.Write(ActorCase.SECRET))).get();
      target.submit(new StoreAction.ImportAuthor(ActorCase.AUTHOR)).get();
      target.submit(new HandleAction.Open(ActorCase.DOC, OpenOptions.DEFAULT)).get();
      Executor compute = environment.executor().compute();
      SigningQueue queue = new SigningQueue(target, secrets, compute, Runnable::run, () -> true);
      List<Entry> written = new ArrayList<>();
      Random random = new Random(71);
      for (int i = 0; i < SigningQueue.MANY + 2000; i++) {
        RecordIdentifier id = new RecordIdentifier(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of(ActorCase.key(i)));
        Entry entry = new Entry(id, new Record(1, ActorCase.CONTENT, environment.clock().now()));
        written.add(queue.writeNow(entry).get().entry());
        if (random.nextInt(100) == 0) {
          target.submit(new StoreAction.Flush()).get();
        }
      }
      target.submit(new StoreAction.Flush()).get();
      assertEquals(written, told.stream().map(SignedEntry::entry).toList());
      assertEquals(written.size(), SignedEntry.verifyAll(told).cardinality());
      assertEquals(written.size(), target.submit(new EntryAction.Count(ActorCase.DOC)).get());
      target.close();
    }
  }

  @Test
  void writeNow_sharedWithoutAKeyAtHand_isSignedByTheActor() {
    Secrets secrets = new Secrets();
    SyncActor target =
        new SyncActor(
            actor.failing, actor.sim.environment("other"), ReconcilerConfig.DEFAULT, secrets, event -> {}, Slice.STEPS);
    SigningQueue queue = new SigningQueue(target, secrets, Runnable::run, Runnable::run, () -> true);
    actor.await(target.submit(new HandleAction.Open(ActorCase.DOC, OpenOptions.DEFAULT)));
    CompletableFuture<LocalInsert> last = new CompletableFuture<>();
    for (int i = 0; i <= SigningQueue.MANY; i++) {
      secrets.clear();
      RecordIdentifier id = new RecordIdentifier(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key"));
      last = queue.writeNow(new Entry(id, new Record(1, ActorCase.CONTENT, actor.sim.environment("other").clock().now())));
      actor.await(last);
    }
    Entry kept = last.join().entry();
    List<SignedEntry> seen =
        actor.await(target.submit(new EntryAction.GetPage(ActorCase.DOC, Query.all(), Optional.empty(), 10)));
    assertEquals(List.of(kept), seen.stream().map(SignedEntry::entry).toList());
    assertEquals(1, SignedEntry.verifyAll(seen).cardinality());
  }

  @Test
  void write_whereNoThreadLooksForAQuickerWay_isWrittenAllTheSame() {
    SyncActor target =
        new SyncActor(
            actor.failing,
            actor.sim.environment("other"),
            ReconcilerConfig.DEFAULT,
            new Secrets(),
            event -> {},
            Slice.STEPS);
    SigningQueue queue =
        new SigningQueue(
            target,
            new Secrets(),
            Runnable::run,
            task -> {
              throw new OutOfMemoryError("test: no thread");
            },
            () -> true);
    actor.await(target.submit(new HandleAction.Open(ActorCase.DOC, OpenOptions.DEFAULT)));
    for (int i = 0; i <= SigningQueue.MANY; i++) {
      RecordIdentifier id = new RecordIdentifier(ActorCase.DOC, ActorCase.AUTHOR.id(), Key.of("key"));
      Record record = new Record(1, ActorCase.CONTENT, actor.sim.environment("other").clock().now());
      actor.await(queue.write(new Entry(id, record)));
    }
  }
}
