package org.docs4j.engine.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.actor.CheckedPieces;
import org.docs4j.engine.ranger.Piece;

/**
 * Checks the signatures of a batch of entries in parallel, before they go to the sync actor. A batch never has more tasks
 * waiting than there are processors, so that a long one does not hold the others up.
 */
final class SignatureCheck {
  /** Two signatures each: as many as are verified side by side, see {@link org.docs4j.api.crypto.SignatureBatch}. */
  private static final int ENTRIES_PER_TASK = 64;

  private static final int LANES = Runtime.getRuntime().availableProcessors();

  private final List<Piece> pieces;
  private final Executor compute;
  private final List<SignedEntry> entries = new ArrayList<>();
  private final BitSet bad = new BitSet();
  private final CompletableFuture<CheckedPieces> result = new CompletableFuture<>();
  private int next;
  private int unfinished;

  private SignatureCheck(List<Piece> pieces, Executor compute) {
    this.pieces = pieces;
    this.compute = compute;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Items items) {
        items.values().forEach(value -> entries.add(value.entry()));
      }
    }
  }

  static CompletableFuture<CheckedPieces> check(List<Piece> pieces, Executor compute) {
    SignatureCheck check = new SignatureCheck(pieces, compute);
    check.start();
    return check.result;
  }

  private synchronized void start() {
    if (entries.isEmpty()) {
      result.complete(new CheckedPieces(pieces, bad));
    }
    for (int lane = 0; lane < LANES; lane++) {
      submit();
    }
  }

  /** Hands the next part over, if one is left. */
  private synchronized void submit() {
    if (next < entries.size()) {
      int from = next;
      next = Math.min(entries.size(), from + ENTRIES_PER_TASK);
      unfinished++;
      int to = next;
      compute.execute(() -> run(from, to));
    }
  }

  private void run(int from, int to) {
    BitSet valid = SignedEntry.verifyAll(entries.subList(from, to));
    BitSet found = new BitSet();
    for (int i = valid.nextClearBit(0); i < to - from; i = valid.nextClearBit(i + 1)) {
      found.set(from + i);
    }
    if (finished(found)) {
      result.complete(new CheckedPieces(pieces, bad));
    }
  }

  private synchronized boolean finished(BitSet found) {
    bad.or(found);
    unfinished--;
    submit();
    return unfinished == 0;
  }
}
