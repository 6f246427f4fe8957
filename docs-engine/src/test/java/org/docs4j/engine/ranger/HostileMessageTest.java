package org.docs4j.engine.ranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.Heap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages made to be costly: neither the answer nor the work for it grows with them beyond bounds. */
class HostileMessageTest {
  private static final long BUDGET = 20_000;
  private static final int MANY = 100_000;
  private static final ReconcilerConfig CONFIG = new ReconcilerConfig(16, 32, BUDGET, true);

  private final NaiveReplica replica = new NaiveReplica();
  private final CountingView view = new CountingView(replica);
  private final Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), CONFIG);
  private final Fingerprint other = entry("other").entry().fingerprint();

  private static SignedEntry entry(String key) {
    return Entries.unsigned(Entries.AUTHORS.get(0), key, 1, "x");
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      replica.put(entry("key " + (1000 + i)));
    }
  }

  private RangeMessage answer(List<Part> parts) {
    return reconciler.handle(new RangeMessage(parts), view, replica);
  }

  private static long wireSize(RangeMessage message) {
    long size = 0;
    for (Part part : message.parts()) {
      size += part.range().x().size() + part.range().y().size() + 34L;
      if (part instanceof Part.RangeItem item) {
        size += item.values().stream().mapToLong(value -> value.entry().id().size() + 180L).sum();
      }
    }
    return size;
  }

  private void assertBounded(RangeMessage answer) {
    assertFalse(answer.isEmpty());
    assertTrue(answer.parts().size() <= Answer.MAX_EXAMINED, "parts: " + answer.parts().size());
    long longest = 2L * Range.ZERO.size() + 100 + Answer.PART_OVERHEAD_BYTES;
    long size = wireSize(answer);
    assertTrue(size < 2 * BUDGET + Answer.MAX_EXAMINED * longest, "bytes: " + size);
    assertTrue(view.rows() < 2000, "rows: " + view.rows());
    assertTrue(view.lookups() < 3L * Answer.MAX_EXAMINED, "lookups: " + view.lookups());
  }

  @Test
  void handle_endlessFingerprintsOfEverything_isBounded() {
    fill(40);
    assertBounded(answer(Collections.nCopies(MANY, new Part.RangeFingerprint(Range.all(Range.ZERO), other))));
  }

  @Test
  void handle_endlessFingerprintsOfNothing_isBounded() {
    fill(40);
    Part part = new Part.RangeFingerprint(Range.all(Range.ZERO), Fingerprint.EMPTY_SET);
    RangeMessage answer = answer(Collections.nCopies(MANY, part));
    assertBounded(answer);
    assertTrue(answer.valueCount() <= BUDGET / 200, "values: " + answer.valueCount());
  }

  @Test
  void handle_endlessRequestsOfEverything_isBounded() {
    fill(40);
    Part part = new Part.RangeItem(Range.all(Range.ZERO), List.of(), false);
    RangeMessage answer = answer(Collections.nCopies(MANY, part));
    assertBounded(answer);
    assertTrue(answer.valueCount() > 0 && answer.valueCount() <= BUDGET / 200, "values: " + answer.valueCount());
  }

  @Test
  void handle_endlessRequestsOfEmptyReplica_areNotAnswered() {
    Part part = new Part.RangeItem(Range.all(Range.ZERO), List.of(), false);
    assertTrue(answer(Collections.nCopies(MANY, part)).isEmpty());
    assertTrue(view.lookups() + view.rows() < 3L * Answer.MAX_EXAMINED);
  }

  @Test
  void handle_equalFingerprintsWithoutEnd_areLookedUpUpToTheLimit() {
    fill(10);
    RangeSummary all = replica.summary(new Segment(Bound.start(), Bound.end()));
    Part part = new Part.RangeFingerprint(Range.all(Range.ZERO), all.fingerprint());
    assertTrue(answer(Collections.nCopies(MANY, part)).isEmpty());
    assertEquals(Answer.MAX_EXAMINED, view.lookups());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void handle_endlessObsoleteEntries_areAnsweredWithinTheBudget(boolean haveLocal) {
    SignedEntry tombstone = Entries.unsigned(Entries.AUTHORS.get(0), "a", 10, "");
    replica.put(tombstone);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      SignedEntry old = Entries.unsigned(Entries.AUTHORS.get(0), "ab" + i, 5, "old");
      Range narrow = new Range(old.id(), entry("ab" + i + "c").id());
      parts.add(new Part.RangeItem(narrow, List.of(new Part.Value(old, ContentStatus.COMPLETE)), haveLocal));
    }
    RangeMessage answer = answer(parts);
    assertBounded(answer);
    assertTrue(answer.valueCount() > 0 && answer.valueCount() <= BUDGET / 200, "values: " + answer.valueCount());
  }

  /** Only its end says that a part wants no answer: until then ours are looked for, but not for each of many parts. */
  @Test
  void take_endlessPartsInPiecesThatWantNoAnswer_readLittle() {
    fill(400);
    List<Part.Value> last = List.of(new Part.Value(entry("z"), ContentStatus.COMPLETE));
    Range all = Range.all(Range.ZERO);
    Exchange exchange = reconciler.begin();
    for (int i = 0; i < 1000; i++) {
      assertTrue(exchange.take(new Piece.Items(all, last, false, false), view, replica, () -> false));
      assertTrue(exchange.take(new Piece.Items(all, List.of(), true, true), view, replica, () -> false));
    }
    assertTrue(view.rows() < 2000, "rows: " + view.rows());
    assertTrue(exchange.take(new Piece.Items(all, last, false, false), view, replica, () -> false));
    assertTrue(exchange.take(new Piece.Items(all, List.of(), true, false), view, replica, () -> false));
    assertTrue(exchange.finish(view, () -> false));
    assertEquals(List.of(all), exchange.reply().parts().stream().map(Part::range).toList(), "who wants an answer has one");
    assertEquals(401, replica.all().size());
  }

  /** The answer is full after the first part; the others wait for their fingerprints, as far as their ends may be kept. */
  @Test
  void take_endlessPartsWithLongEnds_keepFewOfThem() {
    fill(400);
    Range all = Range.all(Range.ZERO);
    Exchange exchange = reconciler.begin();
    assertTrue(exchange.take(new Piece.Items(all, List.of(), true, false), view, replica, () -> false));
    long before = Heap.used();
    for (int i = 0; i < 500; i++) {
      Range longEnds = new Range(entry(i + "x".repeat(100_000)).id(), entry(i + "y".repeat(100_000)).id());
      assertTrue(exchange.take(new Piece.Items(longEnds, List.of(), true, false), view, replica, () -> false));
    }
    long more = Heap.used() - before;
    assertTrue(more < 2 * Answer.MAX_PUT_OFF_BYTES, () -> (more >> 20) + " MiB");
    assertTrue(exchange.finish(view, () -> false));
    assertTrue(exchange.reply().parts().size() > 50);
  }

  /** However many values a part has, in whatever order: each entry of ours is read once (WIRE 11.26). */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void take_manyValuesInOnePart_readsEachOfOursOnce(boolean reversed) {
    int count = 2000;
    for (int i = 0; i < count; i++) {
      replica.load(entry("key " + (10_000 + 2 * i)));
    }
    List<Part.Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(new Part.Value(entry("key " + (10_001 + 2 * i)), ContentStatus.MISSING));
    }
    if (reversed) {
      Collections.reverse(values);
    }
    Exchange exchange = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT).begin();
    int piece = 100;
    for (int at = 0; at < count; at += piece) {
      List<Part.Value> some = values.subList(at, at + piece);
      Piece items = new Piece.Items(Range.all(Range.ZERO), some, at + piece == count, false);
      // The rows are what is counted, so nothing is stored: the model looks at all of its entries for that.
      assertTrue(exchange.take(items, view, value -> Optional.empty(), () -> false));
    }
    assertTrue(exchange.finish(view, () -> false));
    assertEquals(count, exchange.reply().valueCount());
    assertEquals(count, view.rows());
  }

  /** Long range ends count as well: a split does not multiply long keys by the split width. */
  @Test
  void handle_longKeys_areNotMultipliedBySplits() {
    for (int i = 0; i < 64; i++) {
      replica.put(entry("key " + (10 + i) + "x".repeat(4000)));
    }
    RangeMessage answer =
        answer(List.of(new Part.RangeFingerprint(Range.all(Range.ZERO), other)));
    assertEquals(2, answer.parts().size());
    assertTrue(wireSize(answer) < BUDGET, "bytes: " + wireSize(answer));
  }

  /** What an honest peer may have under way does not grow: neighbours that are put off become one range. */
  @Test
  void handle_moreNeighboursThanAreKept_areMerged() {
    fill(2);
    List<Part> parts = new ArrayList<>();
    RecordIdentifier from = entry("a").id();
    for (int i = 0; i < Answer.MAX_EXAMINED - 1; i++) {
      RecordIdentifier to = entry("a" + (100_000 + i)).id();
      parts.add(new Part.RangeFingerprint(new Range(from, to), other));
      from = to;
    }
    parts.add(new Part.RangeFingerprint(new Range(from, entry("z").id()), other));
    RangeMessage answer = answer(parts);
    assertTrue(answer.parts().size() <= Answer.MAX_PARTS, "parts: " + answer.parts().size());
    RecordIdentifier at = entry("a").id();
    for (Part part : answer.parts()) {
      assertEquals(at, part.range().x());
      at = part.range().y();
    }
    assertEquals(entry("z").id(), at);
    Part.RangeFingerprint last = (Part.RangeFingerprint) answer.parts().get(answer.parts().size() - 1);
    RangeSummary expected = replica.summary(last.range().segments(Entries.NAMESPACE.id()).get(0));
    assertEquals(2, expected.count());
    assertEquals(expected.fingerprint(), last.fingerprint());
  }
}
