package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.actor.CheckedPieces;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  /** Entries of which every third one has its two signatures exchanged. */
  private static List<Part.Value> values(int count) {
    List<Part.Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Record record = new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(9));
      SignedEntry good = HostileSessions.signed("k" + i, record);
      EntrySignature signature = good.signature();
      EntrySignature exchanged =
          new EntrySignature(/* author= */ signature.namespace(), /* namespace= */ signature.author());
      SignedEntry bad = new SignedEntry(exchanged, good.entry());
      values.add(new Part.Value(i % 3 == 0 ? bad : good, ContentStatus.MISSING));
    }
    return values;
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
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    BitSet bad = new BitSet();
    for (int i = 0; i < count; i += 3) {
      bad.set(i);
    }
    assertEquals(bad, checked.join().badSignature());
  }
}
