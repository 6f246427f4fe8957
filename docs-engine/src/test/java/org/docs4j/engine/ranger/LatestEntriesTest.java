package org.docs4j.engine.ranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.SignedEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that lacks nothing but the latest entries gets them with the first answer. */
class LatestEntriesTest {
  private static final int SIZE = 20_000;
  private static final Author AUTHOR = Entries.AUTHORS.get(0);

  private final StoredReplica ahead = new StoredReplica(Entries.NAMESPACE.id());
  private final StoredReplica behind = new StoredReplica(Entries.NAMESPACE.id());
  private final Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
  private long time;

  @BeforeEach
  void fill() {
    for (int i = 0; i < SIZE; i++) {
      both("key " + (100_000 + i));
    }
  }

  @AfterEach
  void close() {
    ahead.close();
    behind.close();
  }

  private SignedEntry entry(String key, String content) {
    return Entries.unsigned(AUTHOR, key, ++time, content);
  }

  private void both(String key) {
    SignedEntry entry = entry(key, "x");
    ahead.put(entry);
    behind.put(entry);
  }

  private SignedEntry onlyAhead(String key, String content) {
    SignedEntry entry = entry(key, content);
    ahead.put(entry);
    return entry;
  }

  /** What one who begins sends and gets, until nobody has anything more to say. */
  private List<RangeMessage> exchange(StoredReplica first, StoredReplica second, UnaryOperator<RangeMessage> initial) {
    List<RangeMessage> messages = new ArrayList<>();
    RangeMessage message = initial.apply(reconciler.initial(first.view()));
    for (boolean atSecond = true; !message.isEmpty(); atSecond = !atSecond) {
      messages.add(message);
      StoredReplica at = atSecond ? second : first;
      message = reconciler.handle(message, at.view(), at);
      assertTrue(messages.size() < 50, "the exchange does not end");
    }
    assertEquals(ahead.all(), behind.all());
    return messages;
  }

  private List<RangeMessage> exchange(StoredReplica first, StoredReplica second) {
    return exchange(first, second, message -> message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000})
  void handle_peerLacksTheLatest_sendsThemAndNothingElse(int count) {
    List<SignedEntry> latest = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      latest.add(onlyAhead("late " + (1000 + i), "y"));
    }
    List<RangeMessage> messages = exchange(behind, ahead);
    assertEquals(2, messages.size());
    assertEquals(1, messages.get(1).parts().size());
    assertEquals(latest, Entries.of(messages.get(1)));
  }

  @Test
  void handle_peerAsksWithOneFingerprint_sendsThemAndNothingElse() {
    SignedEntry late = onlyAhead("late", "y");
    List<RangeMessage> messages = exchange(behind, ahead, usual -> reconciler.initialWhole(behind.view()));
    assertEquals(2, messages.size());
    assertEquals(List.of(late), Entries.of(messages.get(1)));
  }

  @Test
  void handle_peerThatLacksThemAnswers_sendsThemAndNothingElse() {
    for (int i = 0; i < 400; i++) {
      onlyAhead("late " + (1000 + i), "y");
    }
    List<RangeMessage> messages = exchange(ahead, behind);
    assertEquals(3, messages.size());
    assertEquals(400, messages.get(2).valueCount());
  }

  @Test
  void handle_latestAreOverwrittenAndDeleted_sendsWhatRemains() {
    onlyAhead("key 100007", "first");
    SignedEntry second = onlyAhead("key 100007", "second");
    SignedEntry deleted = onlyAhead("key 100008", "");
    List<RangeMessage> messages = exchange(behind, ahead);
    assertEquals(2, messages.size());
    assertEquals(List.of(second, deleted), Entries.of(messages.get(1)));
  }

  @Test
  void handle_latestLieApart_sendsThemAsRangesOfTheirOwn() {
    for (int i = 0; i < 20; i++) {
      onlyAhead("key " + (100_000 + 997 * i) + "a", "y");
    }
    List<RangeMessage> messages = exchange(behind, ahead);
    assertEquals(2, messages.size());
    assertEquals(20, messages.get(1).parts().size());
    assertEquals(20, messages.get(1).valueCount());
  }

  @Test
  void handle_latestLieInTooManyPlaces_splits() {
    for (int i = 0; i < 400; i += 4) {
      onlyAhead("key " + (100_000 + i), "y");
    }
    List<RangeMessage> messages = exchange(behind, ahead);
    assertTrue(messages.size() > 2, messages.size() + " messages");
    assertEquals(0, messages.get(1).valueCount());
  }

  /** Fingerprints of nothing that ever was, and then one of what was there before the latest entry. */
  private RangeMessage afterUnknownOnes(int unknown) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < unknown; i++) {
      parts.add(new Part.RangeFingerprint(Range.all(Range.ZERO), new Fingerprint(new Bytes32(i, 1, 1, 1))));
    }
    parts.addAll(reconciler.initialWhole(behind.view()).parts());
    onlyAhead("late", "y");
    return new RangeMessage(parts);
  }

  @Test
  void handle_afterFewRangesOfWhichNothingIsKnown_sendsTheLatest() {
    RangeMessage message = afterUnknownOnes(LatestEntries.MAX_IN_VAIN - 1);
    assertEquals(1, reconciler.handle(message, ahead.view(), ahead).valueCount());
  }

  @Test
  void handle_afterManyRangesOfWhichNothingIsKnown_looksForNoMore() {
    RangeMessage message = afterUnknownOnes(LatestEntries.MAX_IN_VAIN);
    assertEquals(0, reconciler.handle(message, ahead.view(), ahead).valueCount());
  }

  @Test
  void handle_afterARangeWithTooManyPlaces_looksForNoMore() {
    List<Part> parts = new ArrayList<>(reconciler.initialWhole(behind.view()).parts());
    for (int i = 0; i < 400; i += 4) {
      onlyAhead("key " + (100_000 + i), "y");
    }
    parts.addAll(reconciler.initialWhole(ahead.view()).parts());
    onlyAhead("late", "y");
    assertEquals(0, reconciler.handle(new RangeMessage(parts), ahead.view(), ahead).valueCount());
    assertEquals(1, reconciler.handle(new RangeMessage(parts.subList(1, 2)), ahead.view(), ahead).valueCount());
  }

  @Test
  void handle_latestRemovedOthers_splits() {
    onlyAhead("key 10", "");
    List<RangeMessage> messages = exchange(behind, ahead);
    assertTrue(messages.size() > 2, messages.size() + " messages");
    onlyAhead("key 20", "y");
    assertEquals(2, exchange(behind, ahead).size());
  }

  @Test
  void handle_peerHasEntriesOfItsOwn_becomesEqual() {
    onlyAhead("late", "y");
    behind.put(entry("own", "z"));
    assertTrue(exchange(behind, ahead).size() > 2);
  }

  @Test
  void handle_moreThanIsRemembered_splits() {
    for (int i = 0; i < 3000; i++) {
      onlyAhead("late " + (1000 + i), "y");
    }
    RangeMessage answer = reconciler.handle(reconciler.initial(behind.view()), ahead.view(), ahead);
    assertEquals(0, answer.valueCount());
    exchange(behind, ahead);
  }

  @Test
  void handle_latestExceedTheBudget_sendsSomeAndFingerprintsOfTheRest() {
    Reconciler small = new Reconciler(Entries.NAMESPACE.id(), new ReconcilerConfig(16, 32, 64, 20_000, true));
    for (int i = 0; i < 500; i++) {
      onlyAhead("late " + (1000 + i), "y");
    }
    RangeMessage answer = small.handle(reconciler.initial(behind.view()), ahead.view(), ahead);
    assertFalse(answer.valueCount() == 0 || answer.valueCount() == 500, answer.valueCount() + " entries");
    assertTrue(answer.parts().stream().anyMatch(Part.RangeFingerprint.class::isInstance));
    exchange(behind, ahead, initial -> answered(small));
  }

  /** The answer of the one that is ahead, taken by the other one. */
  private RangeMessage answered(Reconciler small) {
    RangeMessage answer = small.handle(reconciler.initial(behind.view()), ahead.view(), ahead);
    return reconciler.handle(answer, behind.view(), behind);
  }
}
