package org.docs4j.engine.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.DocsException;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncActorTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final AuthorId AUTHOR = Entries.AUTHORS.get(0).id();

  private final SimEnvironment sim = SimEnvironment.create();
  private final List<ReplicaEvent> events = new ArrayList<>();
  private final FailingStore store = FailingStore.inMemory();
  private final SyncHandle sync =
      new SyncHandle(
          store, sim.environment("node"), new ReconcilerConfig(16, 32, 1 << 20, true), events::add);

  @BeforeEach
  void prepare() {
    await(sync.importNamespace(new Capability.Write(Entries.NAMESPACE)));
    await(sync.open(DOC, OpenOptions.DEFAULT));
    await(sync.importAuthor(Entries.AUTHORS.get(0)));
    store.commits = 0;
  }

  private <T> T await(CompletableFuture<T> stage) {
    sim.runUntil(stage::isDone, Duration.ofMinutes(1));
    return stage.join();
  }

  private DocsException failure(CompletableFuture<?> stage) {
    Throwable cause = assertThrows(CompletionException.class, () -> await(stage)).getCause();
    return assertInstanceOf(DocsException.class, cause);
  }

  private CompletableFuture<LocalInsert> insert(String key) {
    return sync.insertLocal(DOC, AUTHOR, Key.of(key), Hash.ofContent(new byte[] {1}), 1);
  }

  @Test
  void insertLocal_manyInOneGroup_areCommittedOnceWithinHalfASecond() {
    for (int i = 0; i < 50; i++) {
      await(insert("key " + i + "."));
    }
    assertEquals(0, store.commits);
    sim.run(Duration.ofMillis(501));
    assertEquals(1, store.commits);
    sim.run(Duration.ofSeconds(10));
    assertEquals(1, store.commits);
    assertEquals(50, events.size());
  }

  @Test
  void insertLocal_underConstantLoad_isCommittedInTime() {
    for (int i = 0; i < 30; i++) {
      await(insert("key " + i + "."));
      sim.run(Duration.ofMillis(100));
    }
    assertTrue(store.commits >= 5, "commits: " + store.commits);
  }

  @Test
  void flush_withOpenGroup_commitsAtOnce() {
    await(insert("key"));
    await(sync.flush());
    assertEquals(1, store.commits);
  }

  @Test
  void insertLocal_refusedWrites_changeNothingAndKeepTheGroup() {
    await(insert("kept"));
    AuthorId stranger = Entries.AUTHORS.get(1).id();
    assertInstanceOf(
        AuthorNotFoundException.class,
        failure(sync.insertLocal(DOC, stranger, Key.of("k"), Hash.ofContent(new byte[] {1}), 1)));
    assertInstanceOf(
        InvalidEntryException.class, failure(sync.insertLocal(DOC, AUTHOR, Key.of("k"), Hash.EMPTY, 0)));
    NamespaceId unknown = new NamespaceId(new Bytes32(1, 2, 3, 4));
    assertInstanceOf(ReplicaNotFoundException.class, failure(sync.count(unknown)));
    NamespaceSecret readOnly = NamespaceSecret.random(sim.environment("node").random());
    await(sync.importNamespace(new Capability.Read(readOnly.id())));
    await(sync.open(readOnly.id(), OpenOptions.DEFAULT));
    assertInstanceOf(
        ReadOnlyReplicaException.class,
        failure(sync.insertLocal(readOnly.id(), AUTHOR, Key.of("k"), Hash.ofContent(new byte[] {1}), 1)));
    assertEquals(1L, await(sync.count(DOC)));
  }

  private CompletableFuture<LocalInsert> insertAt(int seconds, String key) {
    sim.skew("node", Duration.ofSeconds(seconds));
    return insert(key);
  }

  @Test
  void insertLocal_signedBeforeAWriteThatCameFirst_isStampedAndSignedAnew() {
    await(insert("keys are known now"));
    CompletableFuture<LocalInsert> newer = insertAt(1, "newer");
    CompletableFuture<LocalInsert> older = insertAt(0, "older");
    sim.skew("node", Duration.ofSeconds(2));
    Timestamp first = await(newer).entry().record().timestamp();
    Timestamp second = await(older).entry().record().timestamp();
    assertTrue(second.isAfter(first), first + " " + second);
    assertEquals(3, events.size());
    events.forEach(event -> assertTrue(((ReplicaEvent.Local) event).entry().verify()));
  }

  @Test
  void insertLocal_behindOneThatWasSignedAnew_keepsTheTimeThatItWasSignedFor() {
    await(insert("keys are known now"));
    CompletableFuture<LocalInsert> newer = insertAt(1, "newer");
    CompletableFuture<LocalInsert> older = insertAt(0, "older");
    sim.skew("node", Duration.ofSeconds(2));
    Timestamp asked = sim.environment("node").clock().now();
    CompletableFuture<LocalInsert> last = insert("last");
    sim.skew("node", Duration.ofSeconds(10));
    assertEquals(await(newer).entry().record().timestamp().next(), await(older).entry().record().timestamp());
    assertEquals(asked, await(last).entry().record().timestamp());
  }

  @Test
  void insertLocal_twiceInOneMicrosecondAndAfterTheClockSteppedBack_losesNoEdit() {
    Timestamp first = await(insert("key")).entry().record().timestamp();
    sim.skew("node", Duration.ofMinutes(-5));
    Timestamp second = await(insert("key")).entry().record().timestamp();
    assertTrue(second.isAfter(first), first + " " + second);
    LocalInsert deletion = await(sync.deletePrefix(DOC, AUTHOR, Key.of("k")));
    assertEquals(1, deletion.removed());
    assertEquals(List.of(Key.of("key")), deletion.removedKeys());
  }

  @Test
  void insertLocal_afterPrefixRule_tellsWhatItRemoved() {
    await(insert("README"));
    await(insert("README.md"));
    LocalInsert written = await(insert("READ"));
    assertEquals(List.of(Key.of("README"), Key.of("README.md")), written.removedKeys());
    assertEquals(2, written.removed());
  }

  @Test
  void commit_failing_isToldToTheNextActionOnTheReplica() {
    await(insert("lost"));
    store.fail("commit");
    sim.run(Duration.ofSeconds(1));
    store.fail("");
    assertInstanceOf(StoreException.class, failure(insert("refused")));
    await(insert("works again"));
    assertEquals(1L, await(sync.count(DOC)));
  }

  @Test
  void put_dyingOfAnError_isUndoneAndAnswered() {
    await(insert("lost with it"));
    store.fail("put");
    assertTrue(failure(insert("dies")).getMessage().contains("InsertLocal"));
    store.fail("");
    assertInstanceOf(StoreException.class, failure(insert("told")));
    await(insert("works again"));
    assertEquals(1L, await(sync.count(DOC)));
  }

  @Test
  void close_withActionsQueued_answersAllAndCommits() {
    CompletableFuture<LocalInsert> queued = insert("queued");
    sync.close();
    sim.run(Duration.ofSeconds(1));
    assertTrue(queued.isDone() && !queued.isCompletedExceptionally());
    assertTrue(store.closed);
    assertInstanceOf(ReplicaClosedException.class, failure(insert("too late")));
    sync.close();
  }
}
