package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.live.ContentQueue.Output;
import org.junit.jupiter.api.Test;

class ContentQueueTest {
  private static final NamespaceId DOC = new NamespaceId(new Bytes32(9, 9, 9, 9));
  private static final NamespaceId OTHER = new NamespaceId(new Bytes32(8, 8, 8, 8));
  private static final EndpointId ALICE = new EndpointId(new Bytes32(1, 0, 0, 0));
  private static final EndpointId BOB = new EndpointId(new Bytes32(2, 0, 0, 0));

  private final ContentQueue queue = new ContentQueue();
  private final List<Output> outputs = new ArrayList<>();

  private static Hash hash(int number) {
    return new Hash(new Bytes32(number, 1, 1, 1));
  }

  private static Output.RetryLater retry(int number, int seconds) {
    return new Output.RetryLater(hash(number), Duration.ofSeconds(seconds));
  }

  private List<Output> taken() {
    List<Output> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }

  @Test
  void want_withProvider_isFetchedAtOnce() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(ALICE))), taken());
    assertFalse(queue.isSettled(DOC));
    assertEquals(Set.of(DOC), queue.complete(hash(1), outputs::add));
    assertTrue(queue.isSettled(DOC));
  }

  @Test
  void want_withoutProvider_isRetriedUnlessAnnouncedOrPeerComesBefore() {
    queue.want(DOC, hash(1), List.of(), outputs::add);
    queue.want(DOC, hash(2), List.of(), outputs::add);
    assertEquals(List.of(retry(1, 1), retry(2, 1)), taken());
    queue.provider(hash(1), BOB, outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(BOB))), taken());
    queue.peerAvailable(DOC, ALICE, outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(2), List.of(ALICE))), taken());
  }

  @Test
  void want_afterAnnouncement_knowsTheProvider() {
    queue.provider(hash(1), BOB, outputs::add);
    queue.want(DOC, hash(1), List.of(), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(BOB))), taken());
  }

  @Test
  void want_afterManyAnnouncements_knowsTheProvidersOfTheLastOnesOnly() {
    for (int i = 0; i < 1024 + 3; i++) {
      queue.provider(hash(i), BOB, outputs::add);
    }
    queue.want(DOC, hash(2), List.of(), outputs::add);
    queue.want(DOC, hash(3), List.of(), outputs::add);
    assertEquals(List.of(retry(2, 1), new Output.Fetch(hash(3), List.of(BOB))), taken());
  }

  @Test
  void failed_withManyProvidersAnnounced_isFetchedFromTheFirstOnes() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    taken();
    List<EndpointId> peers = IntStream.range(0, 40).mapToObj(i -> new EndpointId(new Bytes32(3, i, 0, 0))).toList();
    peers.forEach(peer -> queue.provider(hash(1), peer, outputs::add));
    queue.failed(hash(1), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), peers.subList(0, 16))), taken());
  }

  @Test
  void failed_isRetriedLaterAndHoldsNothingUp() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    taken();
    assertEquals(Set.of(DOC), queue.failed(hash(1), outputs::add));
    Output.RetryLater later = assertInstanceOf(Output.RetryLater.class, taken().get(0));
    assertTrue(queue.isSettled(DOC));
    queue.retry(later.hash(), List.of(BOB), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(BOB))), taken());
  }

  @Test
  void failed_withProviderLearntMeanwhile_isFetchedFromItAtOnce() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    queue.provider(hash(1), BOB, outputs::add);
    taken();
    queue.failed(hash(1), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(BOB))), taken());
  }

  @Test
  void want_ofTwoDocuments_completesBoth() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    queue.want(OTHER, hash(1), List.of(ALICE), outputs::add);
    assertEquals(1, taken().size());
    assertEquals(Set.of(DOC, OTHER), queue.complete(hash(1), outputs::add));
    assertTrue(queue.isSettled(DOC) && queue.isSettled(OTHER));
  }

  @Test
  void want_moreThanRun_startsTheRestOneByOne() {
    for (int i = 0; i < ContentQueue.MAX_RUNNING + 10; i++) {
      queue.want(DOC, hash(i), List.of(ALICE), outputs::add);
    }
    assertEquals(ContentQueue.MAX_RUNNING, taken().size());
    queue.complete(hash(0), outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(ContentQueue.MAX_RUNNING), List.of(ALICE))), taken());
  }

  @Test
  void retry_withoutProvider_isRetriedAgainLaterAndHoldsNothingUp() {
    queue.want(DOC, hash(1), List.of(), outputs::add);
    assertFalse(queue.isSettled(DOC));
    taken();
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      assertEquals(Set.of(DOC), queue.retry(hash(1), List.of(), outputs::add));
      assertEquals(List.of(retry(1, seconds)), taken());
    }
    assertTrue(queue.isSettled(DOC));
    assertEquals(Set.of(), queue.retry(hash(1), List.of(BOB), outputs::add));
    assertEquals(List.of(new Output.Fetch(hash(1), List.of(BOB))), taken());
  }

  @Test
  void failed_withAnotherProviderKnown_isNotSettledBeforeThatFailsToo() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    queue.provider(hash(1), BOB, outputs::add);
    queue.failed(hash(1), outputs::add);
    assertFalse(queue.isSettled(DOC));
    queue.failed(hash(1), outputs::add);
    assertTrue(queue.isSettled(DOC));
  }

  @Test
  void failed_afterItsDocumentWasLeft_isForgotten() {
    queue.want(DOC, hash(1), List.of(ALICE), outputs::add);
    queue.provider(hash(1), BOB, outputs::add);
    taken();
    queue.leave(DOC);
    assertEquals(Set.of(), queue.failed(hash(1), outputs::add));
    assertEquals(0, queue.size());
    assertEquals(List.of(), taken());
  }

  @Test
  void want_beyondShare_isLeftToTheStoreAndAskedForAgain() {
    for (int i = 0; i < ContentQueue.MAX_SHARE + 1; i++) {
      queue.want(DOC, hash(i), List.of(), outputs::add);
    }
    assertEquals(
        List.of(new Output.ReloadLater(DOC, ContentQueue.RELOAD_DELAY)), taken().subList(10_000, 10_001));
    assertEquals(List.of(), queue.takeOverflown());
    for (int i = 0; i < ContentQueue.MAX_SHARE; i++) {
      queue.complete(hash(i), outputs::add);
    }
    assertFalse(queue.isSettled(DOC));
    assertEquals(List.of(DOC), queue.takeOverflown());
    assertTrue(queue.isSettled(DOC));
    assertFalse(queue.reload(DOC));
  }

  @Test
  void want_whenShareIsFullOfWhatNobodyHas_replacesItAndLooksAgainLater() {
    for (int i = 0; i < ContentQueue.MAX_SHARE; i++) {
      queue.want(DOC, hash(i), List.of(), outputs::add);
      queue.retry(hash(i), List.of(), outputs::add);
    }
    taken();
    int next = ContentQueue.MAX_SHARE;
    queue.want(DOC, hash(next), List.of(ALICE), outputs::add);
    assertEquals(
        List.of(
            new Output.ReloadLater(DOC, ContentQueue.RELOAD_DELAY),
            new Output.Fetch(hash(next), List.of(ALICE))),
        taken());
    assertEquals(ContentQueue.MAX_SHARE, queue.size());
    queue.complete(hash(next), outputs::add);
    assertTrue(queue.isSettled(DOC));
    assertTrue(queue.reload(DOC));
    assertFalse(queue.reload(DOC));
  }

  @Test
  void want_ofAnotherDocument_findsRoomBesideOneThatNobodyServes() {
    NamespaceId third = new NamespaceId(new Bytes32(7, 7, 7, 7));
    for (int i = 0; i < ContentQueue.MAX_ENTRIES; i++) {
      queue.want(i < ContentQueue.MAX_SHARE ? DOC : OTHER, hash(i), List.of(), outputs::add);
    }
    queue.want(third, hash(ContentQueue.MAX_ENTRIES), List.of(ALICE), outputs::add);
    assertFalse(queue.namespaces(hash(ContentQueue.MAX_ENTRIES)).contains(third));
    queue.retry(hash(5), List.of(), outputs::add);
    queue.want(third, hash(ContentQueue.MAX_ENTRIES), List.of(ALICE), outputs::add);
    assertEquals(Set.of(third), queue.namespaces(hash(ContentQueue.MAX_ENTRIES)));
    assertEquals(Set.of(), queue.namespaces(hash(5)));
  }

  @Test
  void leave_forgetsWhatOnlyThatDocumentWanted() {
    queue.want(DOC, hash(1), List.of(), outputs::add);
    queue.want(DOC, hash(2), List.of(), outputs::add);
    queue.want(OTHER, hash(2), List.of(), outputs::add);
    queue.leave(DOC);
    taken();
    queue.provider(hash(1), ALICE, outputs::add);
    queue.provider(hash(2), ALICE, outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(2), List.of(ALICE))), taken());
  }
}
