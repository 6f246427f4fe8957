package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.engine.ForwardingExecutor;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that the sync actor stores while their writer still signs them. */
class UnsignedWriteTest {
  private final SimEnvironment sim = SimEnvironment.create();
  private final List<ReplicaEvent> events = new ArrayList<>();
  private final FailingStore store = FailingStore.inMemory();
  private final SyncActor actor =
      new SyncActor(
          store, sim.environment("node"), ReconcilerConfig.DEFAULT, new Secrets(), events::add, Slice.STEPS);

  @BeforeEach
  void open() {
    ask(new StoreAction.ImportNamespace(new Capability.Write(SECRET)));
    ask(new StoreAction.ImportAuthor(AUTHOR));
    ask(new HandleAction.Open(DOC, OpenOptions.DEFAULT));
  }

  private <R> R ask(Action<R> action) {
    CompletableFuture<R> answer = actor.submit(action);
    sim.runUntil(answer::isDone, Duration.ofMillis(10));
    return answer.join();
  }

  private Signing begin(String key) {
    return begin(key, sim.environment("node").clock().now());
  }

  private static Signing begin(String key, Timestamp time) {
    return Signing.begin(new Entry(new RecordIdentifier(DOC, AUTHOR.id(), Key.of(key)), new Record(1, CONTENT, time)));
  }

  private static Optional<SignedEntry> sign(Signing signing) {
    return Optional.of(signing.entry().sign(SECRET, AUTHOR));
  }

  private List<SignedEntry> entries() {
    return ask(new EntryAction.GetPage(DOC, Query.all().withEmpty(), Optional.empty(), 1000));
  }

  @Test
  void insert_beforeItIsSigned_isAnsweredAndToldOnceTheSignaturesAreThere() {
    Signing signing = begin("key");
    LocalInsert answer = ask(new EntryAction.InsertLocal(signing));
    assertEquals(signing.entry(), answer.entry());
    assertEquals(List.of(), events);
    Optional<SignedEntry> signed = sign(signing);
    assertTrue(signing.end(signed));
    ask(new StoreAction.TakeSignatures());
    assertEquals(List.of(new ReplicaEvent.Local(DOC, signed.orElseThrow())), events);
    assertEquals(List.of(signed.orElseThrow()), entries());
  }

  /** Whoever waits for the actor to settle has heard of all that it has answered. */
  @Test
  void settle_beforeTheSignaturesAreThere_signsAndTells() {
    Signing signing = begin("key");
    ask(new EntryAction.InsertLocal(signing));
    CompletableFuture<LocalInsert> last = actor.submit(new EntryAction.InsertLocal(begin("last")));
    CompletableFuture<Boolean> settled = actor.settle();
    sim.runUntil(settled::isDone, Duration.ofMillis(10));
    assertTrue(last.isDone());
    assertEquals(
        List.of(signing.entry(), last.join().entry()), events.stream().map(event -> event.entry().entry()).toList());
    assertEquals(2, SignedEntry.verifyAll(events.stream().map(ReplicaEvent::entry).toList()).cardinality());
  }

  @Test
  void insert_signedBefore_isStoredWithThoseSignatures() {
    Signing signing = begin("key");
    Signature author = signing.entry().sign(SECRET, AUTHOR).signature().author();
    // No signature of the entry, so that it can only be the one that was handed over.
    SignedEntry marked = new SignedEntry(new EntrySignature(author, author), signing.entry());
    assertFalse(signing.end(Optional.of(marked)));
    ask(new EntryAction.InsertLocal(signing));
    assertEquals(List.of(new ReplicaEvent.Local(DOC, marked)), events);
    assertEquals(List.of(marked), entries());
  }

  @Test
  void anythingElse_beforeTheSignaturesAreThere_seesTheEntrySigned() {
    ask(new EntryAction.InsertLocal(begin("a")));
    Signing failed = begin("b");
    ask(new EntryAction.InsertLocal(failed));
    assertTrue(failed.end(Optional.empty()));
    List<SignedEntry> seen = entries();
    assertEquals(2, seen.size());
    assertEquals(2, SignedEntry.verifyAll(seen).cardinality());
    assertEquals(seen, events.stream().map(ReplicaEvent::entry).toList());
  }

  @Test
  void commitOfTheTime_beforeTheSignaturesAreThere_keepsTheEntrySigned() {
    ask(new EntryAction.InsertLocal(begin("key")));
    sim.run(GroupCommit.TIME.plusMillis(1));
    List<SignedEntry> committed = new ArrayList<>();
    try (var reader = store.read()) {
      committed.add(reader.get(new RecordIdentifier(DOC, AUTHOR.id(), Key.of("key"))).orElseThrow());
    }
    assertEquals(1, SignedEntry.verifyAll(committed).cardinality());
    assertEquals(1, events.size());
  }

  @Test
  void insert_ofOneKeyAgainAndAgain_keepsTheLastOne() {
    Timestamp now = sim.environment("node").clock().now();
    List<Signing> signings = List.of(begin("key", now), begin("key", now.next()), begin("key", now.next().next()));
    signings.forEach(signing -> ask(new EntryAction.InsertLocal(signing)));
    for (int i = signings.size() - 1; i >= 0; i--) {
      signings.get(i).end(sign(signings.get(i)));
    }
    assertEquals(List.of(sign(signings.get(2)).orElseThrow()), entries());
    assertEquals(3, events.size());
  }

  @Test
  void insert_thatRemovesAnEntryThatIsNotSignedYet_leavesOnlyItself() {
    ask(new EntryAction.InsertLocal(begin("key/below")));
    Signing above = begin("key");
    assertEquals(1, ask(new EntryAction.InsertLocal(above)).removed());
    assertFalse(above.end(sign(above)));
    List<SignedEntry> left = entries();
    assertEquals(List.of(above.entry()), left.stream().map(SignedEntry::entry).toList());
    assertEquals(1, SignedEntry.verifyAll(left).cardinality());
    assertEquals(1, ask(new EntryAction.Count(DOC)));
    assertEquals(List.of("key/below", "key"), events.stream().map(event -> event.entry().id().key().text()).toList());
  }

  @Test
  void insert_olderThanWhatIsThere_isStampedAndSignedAnew() {
    Signing signing = begin("key");
    ask(new EntryAction.InsertLocal(begin("key", signing.entry().record().timestamp().next())));
    ask(new EntryAction.InsertLocal(signing));
    assertFalse(signing.end(sign(signing)));
    List<SignedEntry> seen = entries();
    assertTrue(seen.get(0).record().timestamp().isAfter(signing.entry().record().timestamp()));
    assertEquals(1, SignedEntry.verifyAll(seen).cardinality());
  }

  private void assertLossIsToldOnce() {
    CompletableFuture<Long> count = actor.submit(new EntryAction.Count(DOC));
    sim.runUntil(count::isDone, Duration.ofMillis(10));
    assertInstanceOf(StoreException.class, assertThrows(CompletionException.class, count::join).getCause());
    assertEquals(0, ask(new EntryAction.Count(DOC)));
    assertEquals(List.of(), events);
  }

  @Test
  void signing_thatFails_losesTheGroupAndTellsIt() {
    ask(new EntryAction.InsertLocal(begin("key")));
    store.fail("sign");
    CompletableFuture<Boolean> other = actor.submit(new StoreAction.Flush());
    sim.runUntil(other::isDone, Duration.ofMillis(10));
    assertInstanceOf(StoreException.class, assertThrows(CompletionException.class, other::join).getCause());
    store.fail("");
    assertLossIsToldOnce();
  }

  @Test
  void end_ofTheNode_keepsTheEntrySigned() {
    ask(new EntryAction.InsertLocal(begin("key")));
    CompletableFuture<Boolean> ended = actor.shutDown();
    sim.runUntil(ended::isDone, Duration.ofMillis(10));
    assertTrue(ended.join());
    assertEquals(1, events.size());
    assertTrue(events.get(0).entry().verify());
  }

  @Test
  void insert_ofWhatIsRefused_isRefusedWhileItIsSigned() {
    Signing empty =
        Signing.begin(
            new Entry(new RecordIdentifier(DOC, AUTHOR.id(), Key.of("key")), new Record(0, Hash.EMPTY, Timestamp.EPOCH)));
    CompletableFuture<LocalInsert> answer = actor.submit(new EntryAction.InsertLocal(empty));
    sim.runUntil(answer::isDone, Duration.ofMillis(10));
    assertThrows(CompletionException.class, answer::join);
    assertFalse(empty.end(Optional.empty()));
    assertEquals(List.of(), entries());
  }

  private Signing beginShared(String key) {
    return Signing.beginShared(begin(key).entry());
  }

  private static Signature ofAuthor(Signing signing) {
    return AUTHOR.sign(signing.entry().canonicalBytes());
  }

  @Test
  void insert_sharedAndStoredFirst_hasTheNamespacesSignatureMadeByTheActor() {
    Signing signing = beginShared("key");
    ask(new EntryAction.InsertLocal(signing));
    assertFalse(signing.takeNamespace());
    assertEquals(List.of(), events);
    assertTrue(signing.endAuthor(ofAuthor(signing)));
    ask(new StoreAction.TakeSignatures());
    assertEquals(List.of(new ReplicaEvent.Local(DOC, sign(signing).orElseThrow())), events);
    assertEquals(List.of(sign(signing).orElseThrow()), entries());
  }

  @Test
  void insert_sharedAndTheActorIsTheLast_isToldOfAtOnce() {
    Signing signing = beginShared("key");
    assertFalse(signing.endAuthor(ofAuthor(signing)));
    ask(new EntryAction.InsertLocal(signing));
    assertEquals(List.of(new ReplicaEvent.Local(DOC, sign(signing).orElseThrow())), events);
  }

  @Test
  void insert_sharedAndSignedFirst_leavesNothingToTheActor() {
    Signing signing = beginShared("key");
    SignedEntry signed = sign(signing).orElseThrow();
    assertTrue(signing.takeNamespace());
    ask(new EntryAction.InsertLocal(signing));
    assertEquals(Optional.empty(), signing.signed());
    signing.addNamespace(signed.signature().namespace());
    assertTrue(signing.endAuthor(ofAuthor(signing)));
    ask(new StoreAction.TakeSignatures());
    assertEquals(List.of(new ReplicaEvent.Local(DOC, signed)), events);
  }

  @Test
  void insert_whileOthersWait_isNotSignedByTheActorBeforeThem() {
    Signing signing = beginShared("key");
    CompletableFuture<LocalInsert> first = actor.submit(new EntryAction.InsertLocal(signing));
    Signing next = beginShared("other");
    CompletableFuture<LocalInsert> second = actor.submit(new EntryAction.InsertLocal(next));
    CompletableFuture<Boolean> left = second.thenApply(answer -> first.isDone() && signing.takeNamespace());
    sim.runUntil(left::isDone, Duration.ofMillis(10));
    assertTrue(left.join());
    assertFalse(next.takeNamespace());
  }

  @Test
  void insert_sharedAndItsAuthorsPartFails_isSignedByTheActor() {
    Signing signing = beginShared("key");
    ask(new EntryAction.InsertLocal(signing));
    assertTrue(signing.end(Optional.empty()));
    assertEquals(sign(signing).stream().toList(), entries());
  }

  @Test
  void helpThatCannotBeStored_losesTheGroupAndTheActorGoesOn() {
    Signing signing = beginShared("key");
    assertFalse(signing.endAuthor(ofAuthor(signing)));
    store.fail("sign");
    ask(new EntryAction.InsertLocal(signing));
    store.fail("");
    assertLossIsToldOnce();
  }

  /** Where the actor is quicker than who signs: here it runs within the call that asks it. */
  @Test
  void writeNow_storedBeforeItIsSigned_isToldOfWithoutAnythingElse() {
    ask(new StoreAction.Flush()); // the other actor leaves the store alone
    Secrets secrets = new Secrets();
    SyncActor quick =
        new SyncActor(
            store,
            new AtOnce(sim.environment("other")).environment(),
            ReconcilerConfig.DEFAULT,
            secrets,
            events::add,
            Slice.STEPS);
    assertTrue(quick.submit(new HandleAction.Open(DOC, OpenOptions.DEFAULT)).isDone());
    SigningQueue queue = new SigningQueue(quick, secrets, Runnable::run, Runnable::run, () -> false);
    for (int i = 0; i < 3; i++) {
      Entry entry = begin("key" + i).entry();
      assertEquals(entry, queue.writeNow(entry).join().entry());
      assertEquals(i + 1, events.size());
      assertEquals(entry, events.get(i).entry().entry());
      assertTrue(events.get(i).entry().verify());
    }
  }

  /** Serial executors that run what they get within the call. */
  private static final class AtOnce extends ForwardingExecutor {
    AtOnce(Environment others) {
      super(others);
    }

    @Override
    public SerialExecutor serial(String name) {
      return new SerialExecutor() {
        @Override
        public void execute(Runnable task) {
          task.run();
        }

        @Override
        public void close() {}
      };
    }
  }
}
