package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.AUTHOR;
import static org.docs4j.engine.actor.ActorCase.CONTENT;
import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.Entries;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who loses what when writes share a transaction: a refused action nothing, a failed one everything, and all are told. */
class GroupLossTest {
  private static final AuthorId NO_AUTHOR = new AuthorId(new Bytes32(1, 2, 3, 4));
  private static final EndpointAddr PEER = EndpointAddr.of(EndpointSecret.of(new byte[32]).id());
  private static final NamespaceId NO_DOCUMENT = new NamespaceId(new Bytes32(1, 2, 3, 4));

  private final ActorCase node = new ActorCase(Slice.STEPS);

  private static Named<Function<SyncHandle, CompletableFuture<?>>> action(
      String name, Function<SyncHandle, CompletableFuture<?>> action) {
    return Named.of(name, action);
  }

  static Stream<Named<Function<SyncHandle, CompletableFuture<?>>>> refused() {
    Key key = Key.of("key");
    return Stream.of(
        action("delete an unknown author", sync -> sync.deleteAuthor(NO_AUTHOR)),
        action("insert of an unknown author", sync -> sync.insertLocal(DOC, NO_AUTHOR, key, CONTENT, 1)),
        action("deletion by an unknown author", sync -> sync.deletePrefix(DOC, NO_AUTHOR, key)),
        action("insert of nothing", sync -> sync.insertLocal(DOC, AUTHOR.id(), key, Hash.EMPTY, 0)),
        action("insert into no document", sync -> sync.insertLocal(NO_DOCUMENT, AUTHOR.id(), key, CONTENT, 1)),
        action("insert at a key that is too long",
            sync -> sync.insertLocal(DOC, AUTHOR.id(), Key.of(new byte[Key.MAX_BYTES + 1]), CONTENT, 1)),
        action("open no document", sync -> sync.open(NO_DOCUMENT, OpenOptions.DEFAULT)),
        action("drop no document", sync -> sync.drop(NO_DOCUMENT)),
        action("sync no document", sync -> sync.setSync(NO_DOCUMENT, true)),
        action("policy of no document", sync -> sync.setDownloadPolicy(NO_DOCUMENT, DownloadPolicy.everything())),
        action("peer of no document",
            sync -> sync.registerUsefulPeer(NO_DOCUMENT, PEER, true)),
        action("content of no document", sync -> sync.contentArrived(NO_DOCUMENT, CONTENT)),
        action("heads of no document", sync -> sync.heads(NO_DOCUMENT, Integer.MAX_VALUE)),
        action("secret of no document", sync -> sync.exportSecretKey(NO_DOCUMENT)),
        action("first message about no document", sync -> sync.initialMessage(NO_DOCUMENT, true)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void when_anActionIsRefused_then_writesOfTheGroupStay(Function<SyncHandle, CompletableFuture<?>> action) {
    node.await(node.insert(DOC, "acknowledged"));
    node.await(node.insert(OTHER, "acknowledged too"));
    assertFalse(node.failure(action.apply(node.sync)) instanceof StoreException);
    assertEquals(1, node.await(node.sync.count(DOC)));
    assertEquals(1, node.await(node.sync.count(OTHER)));
  }

  @Test
  void when_aWriteFails_then_thoseOfTheGroupThatWaitForTheirAnswerAreToldThatTheyAreLost() {
    List<CompletableFuture<LocalInsert>> writes = new ArrayList<>();
    for (int i = 0; i < Answers.TOGETHER - 2; i++) {
      writes.add(node.insert(OTHER, "before " + i));
    }
    node.failing.failAfter("put", writes.size());
    CompletableFuture<LocalInsert> failed = node.insert(DOC, "failed");
    node.failure(failed);
    for (CompletableFuture<LocalInsert> write : writes) {
      assertTrue(node.failure(write).getMessage().contains("undone"));
    }
    node.failing.fail("");
    assertInstanceOf(StoreException.class, node.failure(node.sync.count(OTHER)));
    assertEquals(0, node.await(node.sync.count(OTHER)));
  }

  @Test
  void when_theCommitOfTheTimeFailsInAnUnexpectedWay_then_theLossIsTold() {
    node.await(node.insert(DOC, "acknowledged"));
    node.failing.failWith("commit", new IllegalStateException("test"));
    node.sim.run(Duration.ofSeconds(2));
    node.failing.fail("");
    assertInstanceOf(StoreException.class, node.failure(node.sync.count(DOC)));
    assertEquals(0, node.await(node.sync.count(DOC)));
    assertEquals(Optional.empty(), node.await(node.sync.getExact(DOC, AUTHOR.id(), Key.of("acknowledged"), true)));
  }

  /** As with a store plug-in that throws what no store should. */
  @Test
  void when_theRollbackAndReadingFailInUnexpectedWays_then_theActorGoesOnAndEnds() {
    node.await(node.insert(DOC, "acknowledged"));
    node.failing.fail("put");
    node.failing.failToo(
        Map.of("close", new IllegalStateException("test"), "read", new IllegalStateException("test")));
    CompletableFuture<LocalInsert> failed = node.insert(DOC, "failed");
    CompletableFuture<Long> behind = node.sync.count(OTHER);
    node.failure(failed);
    assertEquals(0, node.await(behind));
    node.failing.fail("");
    assertTheApplicationIsToldOnce();
    node.failing.fail("put");
    node.failing.failToo(Map.of("close", new IllegalStateException("test")));
    CompletableFuture<LocalInsert> last = node.insert(DOC, "last");
    CompletableFuture<Boolean> settled = node.sync.endRequests();
    CompletableFuture<Boolean> ended = node.sync.shutdown();
    node.failure(last);
    assertTrue(node.await(settled));
    assertTrue(node.await(ended));
    assertTrue(node.failing.closed);
  }

  private void lose() {
    node.await(node.insert(DOC, "acknowledged"));
    node.failing.fail("commit");
    node.sim.run(Duration.ofSeconds(2));
    node.failing.fail("");
  }

  private void assertTheApplicationIsToldOnce() {
    assertInstanceOf(StoreException.class, node.failure(node.insert(DOC, "next")));
    node.await(node.insert(DOC, "next"));
    assertEquals(1, node.await(node.sync.count(DOC)));
  }

  static Stream<Named<Function<SyncHandle, CompletableFuture<?>>>> ofTheNodeItself() {
    return Stream.of(
        action("peer", sync -> sync.registerUsefulPeer(DOC, PEER, true)),
        action("peers", sync -> sync.syncPeers(DOC)),
        action("heads", sync -> sync.heads(DOC, Integer.MAX_VALUE)),
        action("news", sync -> sync.hasNewsForUs(DOC, AuthorHeads.of(Map.of()))),
        action("wanted content", sync -> sync.wanted(DOC, 9)),
        action("content", sync -> sync.contentArrived(DOC, CONTENT)),
        action("what gossip brought",
            sync -> sync.insertRemote(
                DOC, Entries.unsigned(AUTHOR, "", Long.MAX_VALUE, "x"), PEER.id(), ContentStatus.MISSING)),
        action("open", sync -> sync.open(DOC, OpenOptions.SYNC)),
        action("sync", sync -> sync.setSync(DOC, true)),
        action("close", sync -> sync.close(new ReplicaHandle(DOC, 99)).toCompletableFuture()));
  }

  @ParameterizedTest
  @MethodSource("ofTheNodeItself")
  void when_theNodeAsksFirstAfterALoss_then_itGoesOnAndTheApplicationIsTold(
      Function<SyncHandle, CompletableFuture<?>> action) {
    lose();
    node.await(action.apply(node.sync));
    assertTheApplicationIsToldOnce();
  }

  static Stream<Named<Function<SyncHandle, CompletableFuture<?>>>> ofASession() {
    return Stream.of(
        action("first message", sync -> sync.initialMessage(DOC, true)),
        action("held", sync -> sync.held(DOC, List.of())),
        action("size", sync -> sync.size(DOC)),
        action("pieces",
            sync -> sync.takePieces(
                DOC, sync.beginExchange(DOC), new CheckedPieces(List.of(), new BitSet()), PEER.id(), true)));
  }

  @ParameterizedTest
  @MethodSource("ofASession")
  void when_aSessionAsksFirstAfterALoss_then_itFailsOnceAndTheApplicationIsToldAsWell(
      Function<SyncHandle, CompletableFuture<?>> action) {
    node.await(node.sync.setSync(DOC, true));
    lose();
    assertInstanceOf(StoreException.class, node.failure(action.apply(node.sync)));
    node.await(action.apply(node.sync));
    assertTheApplicationIsToldOnce();
  }

  @Test
  void when_theApplicationAsksFirstAfterALoss_then_aSessionFailsAsWell() {
    lose();
    assertTheApplicationIsToldOnce();
    assertInstanceOf(StoreException.class, node.failure(node.sync.size(DOC)));
    assertEquals(1, node.await(node.sync.size(DOC)));
    node.await(node.insert(OTHER, "another document lost nothing"));
  }
}
