package org.docs4j.engine.ranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that arrives in pieces leads to the same replica and the same answer as one that comes as a whole. */
class ExchangeTest {
  private static final ReconcilerConfig CONFIG = new ReconcilerConfig(16, 32, 1 << 20, false);
  private static final Range ALL = Range.all(Range.ZERO);

  private static NaiveReplica replica(Random random, int size) {
    NaiveReplica replica = new NaiveReplica();
    for (int i = 0; i < size; i++) {
      replica.put(Entries.random(random, 4));
    }
    return replica;
  }

  private static NaiveReplica copy(NaiveReplica replica) {
    NaiveReplica copy = new NaiveReplica();
    replica.all().forEach(copy::put);
    return copy;
  }

  private static List<Part.Value> values(NaiveReplica replica, Range range) {
    List<Part.Value> values = new ArrayList<>();
    for (Segment segment : range.segments(Entries.NAMESPACE.id())) {
      replica.entries(segment, Integer.MAX_VALUE).entries()
          .forEach(entry -> values.add(new Part.Value(entry, ContentStatus.MISSING)));
    }
    return values;
  }

  private static Range range(Random random, NaiveReplica replica) {
    List<SignedEntry> all = replica.all();
    RecordIdentifier x = all.get(random.nextInt(all.size())).id();
    RecordIdentifier y = all.get(random.nextInt(all.size())).id();
    return random.nextInt(3) == 0 ? ALL : new Range(x, y);
  }

  private static RangeMessage inPieces(NaiveReplica ours, Range range, List<Part.Value> values, int size) {
    Exchange exchange = new Reconciler(Entries.NAMESPACE.id(), CONFIG).begin();
    for (int at = 0; at == 0 || at < values.size(); at += size) {
      int end = Math.min(values.size(), at + size);
      Piece piece = new Piece.Items(range, values.subList(at, end), end == values.size(), false);
      while (!exchange.take(piece, ours, ours, () -> true)) {
        // Goes on where it was interrupted.
      }
    }
    assertTrue(exchange.finish(ours, () -> false));
    return exchange.reply();
  }

  private static Set<SignedEntry> entries(RangeMessage message) {
    return new HashSet<>(Entries.of(message));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void take_entriesInOrder_answersWhatThePeerLacksAndNothingElse(int size) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      NaiveReplica theirs = replica(random, 60);
      NaiveReplica ours = replica(random, 60);
      Range range = range(random, theirs);
      List<Part.Value> values = values(theirs, range);
      NaiveReplica whole = copy(ours);
      RangeMessage expected =
          new Reconciler(Entries.NAMESPACE.id(), CONFIG)
              .handle(new RangeMessage(List.of(new Part.RangeItem(range, values, false))), whole, whole);
      NaiveReplica before = copy(ours);
      RangeMessage answer = inPieces(ours, range, values, size);
      assertEquals(whole.all(), ours.all(), "seed " + seed);
      Set<SignedEntry> sent = entries(answer);
      Set<SignedEntry> known = new HashSet<>(theirs.all());
      assertTrue(sent.stream().noneMatch(known::contains), "seed " + seed + ": sends what the peer has");
      // What an earlier piece has deleted by its prefix is not sent any more; all else that is missing there is.
      Set<SignedEntry> needed = new HashSet<>(entries(expected));
      needed.retainAll(new HashSet<>(ours.all()));
      assertTrue(sent.containsAll(needed), "seed " + seed);
      assertTrue(before.all().containsAll(sent), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void take_entriesOutOfOrder_storesAllAndLosesNothing(int size) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      NaiveReplica theirs = replica(random, 60);
      NaiveReplica ours = replica(random, 60);
      List<Part.Value> values = values(theirs, ALL);
      Collections.shuffle(values, random);
      RangeMessage answer = inPieces(ours, ALL, values, size);
      entries(answer).forEach(theirs::put);
      assertEquals(ours.all(), theirs.all(), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void take_moreThanTheBudgetAllows_putsTheRestOffAsFingerprints(int size) {
    Exchange exchange =
        new Reconciler(Entries.NAMESPACE.id(), new ReconcilerConfig(16, 32, 2000, true)).begin();
    NaiveReplica ours = new NaiveReplica();
    for (int i = 0; i < 100; i++) {
      ours.put(Entries.unsigned(Entries.AUTHORS.get(0), "key " + (1000 + 2 * i), 1, "x"));
    }
    for (int i = 0; i < 100; i += size) {
      List<Part.Value> values = new ArrayList<>();
      for (int j = i; j < i + size; j++) {
        values.add(
            new Part.Value(
                Entries.unsigned(Entries.AUTHORS.get(0), "key " + (1001 + 2 * j), 1, "y"), ContentStatus.MISSING));
      }
      exchange.take(new Piece.Items(ALL, values, i + size == 100, false), ours, ours, () -> false);
    }
    assertTrue(exchange.finish(ours, () -> false));
    RangeMessage answer = exchange.reply();
    assertTrue(answer.valueCount() > 0 && answer.valueCount() <= 8, "values: " + answer.valueCount());
    Part.RangeFingerprint rest = (Part.RangeFingerprint) answer.parts().get(1);
    assertFalse(rest.range().isAll());
    assertEquals(2, answer.parts().size());
    assertEquals(200, ours.all().size());
  }

  @Test
  void finish_replicaThatShrinksInAPause_isAnsweredByWhatIsThere() {
    Exchange exchange = new Reconciler(Entries.NAMESPACE.id(), CONFIG).begin();
    NaiveReplica ours = new NaiveReplica();
    for (int i = 0; i < 200; i++) {
      ours.put(Entries.unsigned(Entries.AUTHORS.get(0), "key " + (1000 + i), 1, "x"));
    }
    Fingerprint other = Entries.unsigned(Entries.AUTHORS.get(0), "other", 1, "x").entry().fingerprint();
    exchange.take(new Piece.Fingerprint(new Part.RangeFingerprint(ALL, other)), ours, ours, () -> false);
    assertFalse(exchange.finish(ours, () -> true));
    SignedEntry tombstone = Entries.unsigned(Entries.AUTHORS.get(0), "key", 9, "");
    ours.put(tombstone);
    assertTrue(exchange.finish(ours, () -> false));
    assertEquals(Set.of(tombstone), entries(exchange.reply()));
  }
}
