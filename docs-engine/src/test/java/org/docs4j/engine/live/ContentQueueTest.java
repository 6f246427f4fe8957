package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  void want_withoutProvider_waitsForAnnouncementOrPeer() {
    queue.want(DOC, hash(1), List.of(), outputs::add);
    queue.want(DOC, hash(2), List.of(), outputs::add);
    assertEquals(List.of(), taken());
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
  void want_beyondCapacity_isLeftToTheStoreAndAskedForAgain() {
    for (int i = 0; i < ContentQueue.MAX_ENTRIES + 1; i++) {
      queue.want(DOC, hash(i), List.of(), outputs::add);
    }
    assertEquals(List.of(), queue.takeOverflown());
    for (int i = 0; i < ContentQueue.MAX_ENTRIES; i++) {
      queue.complete(hash(i), outputs::add);
    }
    assertFalse(queue.isSettled(DOC));
    assertEquals(List.of(DOC), queue.takeOverflown());
    assertTrue(queue.isSettled(DOC));
  }

  @Test
  void leave_forgetsWhatOnlyThatDocumentWanted() {
    queue.want(DOC, hash(1), List.of(), outputs::add);
    queue.want(DOC, hash(2), List.of(), outputs::add);
    queue.want(OTHER, hash(2), List.of(), outputs::add);
    queue.leave(DOC);
    queue.provider(hash(1), ALICE, outputs::add);
    queue.provider(hash(2), ALICE, outputs::add);
    assertEquals(List.of(new Output.Fetch(hash(2), List.of(ALICE))), taken());
  }
}
