package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.actor.CheckedPieces;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  private static SignedEntry good(String key, int micros) {
    return HostileSessions.signed(key, new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(micros)));
  }

  /** One with its two signatures exchanged. */
  private static SignedEntry bad(String key, int micros) {
    SignedEntry good = good(key, micros);
    EntrySignature signature = good.signature();
    EntrySignature exchanged =
        new EntrySignature(/* author= */ signature.namespace(), /* namespace= */ signature.author());
    return new SignedEntry(exchanged, good.entry());
  }

  private static List<Part.Value> values(SignedEntry... entries) {
    return Arrays.stream(entries).map(entry -> new Part.Value(entry, ContentStatus.MISSING)).toList();
  }

  /** Entries of which every third one is bad. */
  private static List<Part.Value> values(int count) {
    return values(
        IntStream.range(0, count).mapToObj(i -> i % 3 == 0 ? bad("k" + i, 9) : good("k" + i, 9)).toArray(SignedEntry[]::new));
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 23, 24, 64, 65, 200})
  void check_anyNumber_findsTheBadOnes_onAllProcessorsIfFew(int count) {
    Piece piece = new Piece.Items(Range.all(Range.ZERO), values(count), false, false);
    CompletableFuture<CheckedPieces> checked =
        SignatureCheck.check(List.of(piece), held -> CompletableFuture.failedFuture(new AssertionError()), tasks::add);
    assertTrue(tasks.size() <= PROCESSORS, "no more waits than is done at once");
    if (count < 24) {
      int each = (count + PROCESSORS - 1) / PROCESSORS;
      assertEquals((count + each - 1) / each, tasks.size());
    }
    runAll();
    BitSet bad = new BitSet();
    for (int i = 0; i < count; i += 3) {
      bad.set(i);
    }
    assertEquals(bad, checked.join().badSignature());
  }

  /** Places among all entries and places among those that are looked up differ here, so none may stand for the other. */
  @Test
  void check_someHeld_checksAllOthersAndLooksUpOnlyWhatBothMayHave() {
    Range all = Range.all(Range.ZERO);
    SignedEntry held = good("held", 9);
    SignedEntry unchecked = bad("unchecked", 9);
    SignedEntry[] common = {bad("held", 9), bad("held", 10), good("new", 9), held, unchecked, bad("forged", 9)};
    List<Piece> pieces =
        List.of(
            new Piece.Items(all, values(good("a", 9), bad("b", 9), good("c", 9)), true, true),
            new Piece.Fingerprint(new Part.RangeFingerprint(all, Fingerprint.EMPTY_SET)),
            new Piece.Items(all, values(common), true, false),
            new Piece.Items(all, values(bad("d", 9), good("e", 9)), false, false));
    Set<SignedEntry> stored = Set.of(held, unchecked);
    List<SignedEntry> asked = new ArrayList<>();
    CompletableFuture<CheckedPieces> checked =
        SignatureCheck.check(
            pieces,
            entries -> {
              asked.addAll(entries);
              BitSet places = new BitSet();
              IntStream.range(0, entries.size()).filter(i -> stored.contains(entries.get(i))).forEach(places::set);
              return CompletableFuture.completedFuture(places);
            },
            tasks::add);
    runAll();
    assertEquals(List.of(common), asked);
    assertEquals("{1, 3, 4, 8, 9}", checked.join().badSignature().toString());
  }
}
