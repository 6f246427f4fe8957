package org.docs4j.blobs.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.blobs.proto.FetchQueue.Attempt;
import org.docs4j.blobs.proto.FetchQueue.Verdict;
import org.junit.jupiter.api.Test;

class FetchQueueTest {
  private static final EndpointId A = id(1);
  private static final EndpointId B = id(2);
  private static final AttemptResult DENIED = new AttemptResult.Denied(new BlobNotFoundException("no"));
  private static final AttemptResult LOST = new AttemptResult.Lost(new TransportException("gone"));
  private static final AttemptResult WRONG = new AttemptResult.Mismatched(new ContentMismatchException("wrong"));
  private static final AttemptResult STALE = new AttemptResult.Stale(new TransportException("old"));

  private final FetchQueue queue = new FetchQueue(5, 3);

  private static EndpointId id(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return EndpointId.of(bytes);
  }

  private static Hash hash(int number) {
    return Hash.ofContent(new byte[] {(byte) number});
  }

  private List<Attempt> drain() {
    List<Attempt> attempts = new ArrayList<>();
    Optional<Attempt> next = queue.next();
    while (next.isPresent()) {
      attempts.add(next.get());
      next = queue.next();
    }
    return attempts;
  }

  private Attempt one() {
    List<Attempt> attempts = drain();
    assertEquals(1, attempts.size());
    return attempts.get(0);
  }

  private static AttemptResult fetched(Attempt attempt) {
    return new AttemptResult.Fetched(new BlobInfo(attempt.hash(), 1));
  }

  @Test
  void next_manyFetches_keepsBothLimitsAndTakesTurns() {
    for (int i = 0; i < 10; i++) {
      queue.request(hash(i), List.of(A));
    }
    assertEquals(3, drain().size());
    for (int i = 10; i < 20; i++) {
      queue.request(hash(i), List.of(B));
    }
    List<Attempt> more = drain();
    assertEquals(List.of(new Attempt(hash(10), B), new Attempt(hash(11), B)), more);
    queue.finished(more.get(0), fetched(more.get(0)));
    assertEquals(List.of(new Attempt(hash(12), B)), drain());
    queue.finished(new Attempt(hash(0), A), fetched(new Attempt(hash(0), A)));
    assertEquals(List.of(new Attempt(hash(3), A)), drain());
    assertEquals(18, queue.size());
  }

  @Test
  void finished_providersInOrder_untilOneGives() {
    assertTrue(queue.request(hash(1), List.of(A, B)).isEmpty());
    Attempt first = one();
    assertEquals(A, first.provider());
    assertTrue(queue.finished(first, DENIED).isEmpty());
    assertFalse(queue.needs(A));
    Attempt second = one();
    assertEquals(B, second.provider());
    assertEquals(Optional.of(new Verdict.Success(new BlobInfo(hash(1), 1))), queue.finished(second, fetched(second)));
    assertEquals(0, queue.size());
  }

  private Throwable failureAfter(AttemptResult first, AttemptResult second) {
    queue.request(hash(1), List.of(A, B));
    assertTrue(queue.finished(one(), first).isEmpty());
    return assertInstanceOf(Verdict.Failure.class, queue.finished(one(), second).orElseThrow()).why();
  }

  @Test
  void finished_allFail_saysWhatMattersMost() {
    assertInstanceOf(BlobNotFoundException.class, failureAfter(LOST, DENIED));
    assertInstanceOf(BlobNotFoundException.class, failureAfter(DENIED, LOST));
    assertInstanceOf(BlobNotFoundException.class, failureAfter(WRONG, DENIED));
    assertInstanceOf(ContentMismatchException.class, failureAfter(DENIED, WRONG));
    assertInstanceOf(TransportException.class, failureAfter(LOST, LOST));
  }

  @Test
  void finished_ownFailure_endsTheFetchAtOnce() {
    queue.request(hash(1), List.of(A, B));
    BlobException why = new BlobException("disk");
    Verdict verdict = queue.finished(one(), new AttemptResult.Broken(why)).orElseThrow();
    assertSame(why, assertInstanceOf(Verdict.Failure.class, verdict).why());
    assertTrue(drain().isEmpty());
  }

  @Test
  void finished_staleConnection_isTriedOnceMoreWithTheSameProvider() {
    queue.request(hash(1), List.of(A));
    assertTrue(queue.finished(one(), STALE).isEmpty());
    Attempt again = one();
    assertEquals(A, again.provider());
    Verdict verdict = queue.finished(again, STALE).orElseThrow();
    assertInstanceOf(TransportException.class, assertInstanceOf(Verdict.Failure.class, verdict).why());
  }

  @Test
  void request_ofARunningFetch_addsItsProvidersOnce() {
    queue.request(hash(1), List.of(A));
    Attempt first = one();
    assertTrue(queue.request(hash(1), List.of(A, B, B)).isEmpty());
    assertTrue(drain().isEmpty());
    assertTrue(queue.finished(first, DENIED).isEmpty());
    Attempt second = one();
    assertEquals(B, second.provider());
    assertTrue(queue.finished(second, DENIED).isPresent());
  }

  @Test
  void request_withoutProviders_failsAtOnce() {
    Verdict verdict = queue.request(hash(1), List.of()).orElseThrow();
    assertInstanceOf(BlobNotFoundException.class, assertInstanceOf(Verdict.Failure.class, verdict).why());
    assertEquals(0, queue.size());
  }

  @Test
  void unreachable_movesAllThatWait() {
    for (int i = 0; i < 6; i++) {
      queue.request(hash(i), i % 2 == 0 ? List.of(A, B) : List.of(A));
    }
    List<Attempt> running = drain();
    assertEquals(3, running.size());
    List<Verdict> verdicts = queue.unreachable(A, new TransportException("gone"));
    assertEquals(List.of(hash(3), hash(5)), verdicts.stream().map(Verdict::hash).toList());
    assertTrue(queue.needs(A));
    assertEquals(List.of(new Attempt(hash(4), B)), drain());
    running.forEach(attempt -> queue.finished(attempt, LOST));
    assertFalse(queue.needs(A));
  }
}
