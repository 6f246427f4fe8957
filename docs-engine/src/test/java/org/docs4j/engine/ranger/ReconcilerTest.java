package org.docs4j.engine.ranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.SignedEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {
  private static final ReconcilerConfig REFERENCE = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);

  /** Lets two replicas talk until one has nothing to say; returns the number of messages. */
  private static int exchange(NaiveReplica a, ReconcilerConfig aConfig, NaiveReplica b, ReconcilerConfig bConfig) {
    Reconciler alice = new Reconciler(Entries.NAMESPACE.id(), aConfig);
    Reconciler bob = new Reconciler(Entries.NAMESPACE.id(), bConfig);
    RangeMessage message = alice.initial(a);
    int messages = 1;
    boolean bobsTurn = true;
    while (!message.isEmpty()) {
      message = bobsTurn ? bob.handle(message, b, b) : alice.handle(message, a, a);
      bobsTurn = !bobsTurn;
      messages++;
      assertTrue(messages < 500, "the exchange does not end");
    }
    return messages;
  }

  private static ReconcilerConfig config(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> REFERENCE;
      case 1 -> ReconcilerConfig.DEFAULT;
      case 2 -> new ReconcilerConfig(3, 2, 700, true);
      case 3 -> new ReconcilerConfig(2, 1 + random.nextInt(3), 2 + random.nextInt(30), 1 + random.nextInt(3000), true);
      default -> new ReconcilerConfig(2 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(3000), true);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void exchange_randomReplicas_endsWithUnion(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      NaiveReplica a = new NaiveReplica();
      NaiveReplica b = new NaiveReplica();
      NaiveReplica union = new NaiveReplica();
      int size = random.nextInt(80);
      for (int i = 0; i < size; i++) {
        SignedEntry entry = Entries.random(random, 1 + random.nextInt(5));
        int where = random.nextInt(3);
        if (where != 0) {
          a.put(entry);
        }
        if (where != 1) {
          b.put(entry);
        }
        union.put(entry);
      }
      ReconcilerConfig aConfig = config(random);
      ReconcilerConfig bConfig = config(random);
      int sessions = 0;
      while (!a.all().equals(b.all())) {
        exchange(a, aConfig, b, bConfig);
        sessions++;
        assertTrue(sessions < 5, "seed " + seed + " round " + round + ": not equal after " + sessions + " sessions");
      }
      for (SignedEntry entry : a.all()) {
        assertTrue(union.all().contains(entry), "seed " + seed + ": an entry that the union does not have");
      }
      assertEquals(union.all(), a.all(), "seed " + seed + " round " + round);
    }
  }

  @Test
  void exchange_equalReplicas_takesOneMessage() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    for (int i = 0; i < 50; i++) {
      SignedEntry entry = Entries.unsigned(Entries.AUTHORS.get(0), "key " + (100 + i), i + 1L, "x");
      a.put(entry);
      b.put(entry);
    }
    assertEquals(2, exchange(a, ReconcilerConfig.DEFAULT, b, REFERENCE));
  }

  @Test
  void handle_oneDifferenceAmongMany_sendsNoMoreThanOneRangeOfEntries() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    for (int i = 0; i < 5000; i++) {
      SignedEntry entry = Entries.unsigned(Entries.AUTHORS.get(0), "key " + (10_000 + i), i + 1L, "x");
      a.load(entry);
      if (i != 3210) {
        b.load(entry);
      }
    }
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    RangeMessage message = reconciler.initial(b);
    long values = 0;
    for (boolean atA = true; !message.isEmpty(); atA = !atA) {
      message = atA ? reconciler.handle(message, a, a) : reconciler.handle(message, b, b);
      values += message.valueCount();
    }
    assertEquals(a.all(), b.all());
    assertTrue(values <= ReconcilerConfig.DEFAULT.itemLimit() + 1, "values: " + values);
  }

  /** So many entries in one replica, and in the other one those whose numbers are not missing. */
  private static void fill(int entries, NaiveReplica lacking, NaiveReplica full, IntPredicate missing) {
    for (int i = 0; i < entries; i++) {
      SignedEntry entry = Entries.unsigned(Entries.AUTHORS.get(0), "key " + (10_000 + i), i + 1L, "x");
      full.load(entry);
      if (!missing.test(i)) {
        lacking.load(entry);
      }
    }
  }

  @Test
  void exchange_differencesInOnePlace_takesFewerMessagesThanWithoutSharing() {
    ReconcilerConfig unshared = new ReconcilerConfig(16, 32, 1 << 20, true);
    List<Integer> messages = new ArrayList<>();
    for (ReconcilerConfig config : List.of(unshared, ReconcilerConfig.DEFAULT)) {
      NaiveReplica a = new NaiveReplica();
      NaiveReplica b = new NaiveReplica();
      fill(20_000, a, b, i -> i >= 3210 && i < 3220);
      messages.add(exchange(a, config, b, config));
      assertEquals(b.all(), a.all());
    }
    assertEquals(List.of(7, 5), messages);
  }

  @Test
  void handle_differencesInManyPlaces_splitsEachIntoTheSmallerNumber() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    fill(5000, a, b, i -> i % 500 == 77);
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    RangeMessage first = reconciler.initial(a);
    assertEquals(ReconcilerConfig.DEFAULT.parts() / 2, first.parts().size());
    assertEquals(10 * ReconcilerConfig.DEFAULT.splitWidth(), reconciler.handle(first, b, b).parts().size());
  }

  @Test
  void handle_differencesInOnePlace_splitsItIntoTheLargerNumber() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    fill(5000, a, b, i -> i == 3210);
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    assertEquals(ReconcilerConfig.DEFAULT.parts(), reconciler.handle(reconciler.initial(a), b, b).parts().size());
  }

  /** Of so many ranges that differ each is split into so many, and nothing is summed twice for it. */
  @ParameterizedTest
  @CsvSource({"1, 64", "2, 32", "3, 21", "4, 16", "10, 16"})
  void handle_rangesThatDiffer_shareThePartsAndAreSummedOnce(int ranges, int each) {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    fill(20_000, a, b, i -> i % 2000 == 77 && i / 2000 < ranges);
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    CountingView view = new CountingView(b);
    RangeMessage reply = reconciler.handle(reconciler.initial(a), view, b);
    assertEquals(ranges * each, reply.parts().size());
    assertEquals(1, view.mostSums());
  }

  @Test
  void handle_smallRangeThatDiffersAlone_isSentAsItems() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    fill(32 * 50, a, b, i -> i == 777);
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    RangeMessage reply = reconciler.handle(reconciler.initial(a), b, b);
    assertEquals(1, reply.parts().size());
    assertTrue(reply.valueCount() >= 50, "values: " + reply.valueCount());
  }

  /** Replicas of so many entries with keys of so many bytes, of which one lacks one entry. */
  private static void fillWithLongKeys(int entries, int bytes, NaiveReplica lacking, NaiveReplica full) {
    String rest = "x".repeat(bytes);
    for (int i = 0; i < entries; i++) {
      SignedEntry entry = Entries.unsigned(Entries.AUTHORS.get(0), (10_000 + i) + rest, i + 1L, "x");
      full.load(entry);
      if (i != entries / 2) {
        lacking.load(entry);
      }
    }
  }

  @Test
  void initial_longKeys_isOneFingerprint() {
    NaiveReplica a = new NaiveReplica();
    fillWithLongKeys(200, 20_000, a, new NaiveReplica());
    assertEquals(1, new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT).initial(a).parts().size());
  }

  @Test
  void handle_longKeysThatDiffer_splitsIntoTheUsualNumberAndEndsEqual() {
    NaiveReplica a = new NaiveReplica();
    NaiveReplica b = new NaiveReplica();
    fillWithLongKeys(200, 20_000, a, b);
    Reconciler reconciler = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
    RangeMessage reply = reconciler.handle(reconciler.initial(a), b, b);
    assertEquals(ReconcilerConfig.DEFAULT.splitWidth(), reply.parts().size());
    exchange(a, ReconcilerConfig.DEFAULT, b, ReconcilerConfig.DEFAULT);
    assertEquals(b.all(), a.all());
  }

  @Test
  void handle_wholeReplicaOverBudget_isSentInPieces() {
    NaiveReplica full = new NaiveReplica();
    for (int i = 0; i < 200; i++) {
      full.put(Entries.unsigned(Entries.AUTHORS.get(i % 3), "key " + i + " ", i + 1L, "x"));
    }
    NaiveReplica empty = new NaiveReplica();
    ReconcilerConfig small = new ReconcilerConfig(16, 32, 3000, true);
    Reconciler sender = new Reconciler(Entries.NAMESPACE.id(), small);
    RangeMessage reply = sender.handle(new Reconciler(Entries.NAMESPACE.id(), small).initial(empty), full, full);
    assertTrue(reply.valueCount() > 5 && reply.valueCount() < 20, "values: " + reply.valueCount());
    exchange(empty, REFERENCE, full, small);
    assertEquals(full.all(), empty.all());
  }

  @Test
  void handle_olderEntryUnderTombstone_isAnsweredWithTombstone() {
    NaiveReplica deleted = new NaiveReplica();
    SignedEntry tombstone = Entries.unsigned(Entries.AUTHORS.get(0), "a", 10, "");
    deleted.put(tombstone);
    SignedEntry old = Entries.unsigned(Entries.AUTHORS.get(0), "ab", 5, "old");
    Range narrow = new Range(old.id(), Entries.unsigned(Entries.AUTHORS.get(0), "ac", 1, "x").id());
    Part offer =
        new Part.RangeItem(
            narrow, List.of(new Part.Value(old, ContentStatus.COMPLETE)), false);
    RangeMessage reply =
        new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT)
            .handle(new RangeMessage(List.of(offer)), deleted, deleted);
    assertEquals(1, reply.valueCount());
    Part.RangeItem item = (Part.RangeItem) reply.parts().get(0);
    assertEquals(tombstone, item.values().get(0).entry());
    assertTrue(item.haveLocal());
  }
}
