package org.docs4j.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.actor.CheckedPieces;
import org.docs4j.engine.ranger.Piece;

/**
 * Checks the signatures of a batch of entries in parallel, before they go to the sync actor. A batch never has more tasks
 * waiting than there are processors, so that a long one does not hold the others up.
 *
 * <p>Entries of a range that both sides have mostly in common are looked up first: those that are held here just as they
 * came were checked when they were stored.
 */
final class SignatureCheck {
  /** Two signatures each: as many as are verified side by side, see {@link org.docs4j.api.crypto.SignatureBatch}. */
  private static final int ENTRIES_PER_TASK = 64;

  /** Fewer are verified one after the other anyhow, and quickest on all processors. */
  private static final int FEW = 24;

  private static final int LANES = Runtime.getRuntime().availableProcessors();

  private final List<Piece> pieces;
  private final Executor compute;
  private final List<SignedEntry> entries = new ArrayList<>();
  private final BitSet shared = new BitSet();
  private int[] places = {};
  private final BitSet bad = new BitSet();
  private final CompletableFuture<CheckedPieces> result = new CompletableFuture<>();
  private int next;
  private int unfinished;

  private SignatureCheck(List<Piece> pieces, Executor compute) {
    this.pieces = pieces;
    this.compute = compute;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Items items) {
        int from = entries.size();
        items.values().forEach(value -> entries.add(value.entry()));
        // What answers us, or goes on and on, is what we lack.
        shared.set(from, entries.size(), items.last() && !items.haveLocal());
      }
    }
  }

  /**
   * Checks the entries of a batch.
   *
   * @param held tells which of some entries are stored here just as they are, by their places
   */
  static CompletableFuture<CheckedPieces> check(
      List<Piece> pieces, Function<List<SignedEntry>, CompletableFuture<BitSet>> held, Executor compute) {
    SignatureCheck check = new SignatureCheck(pieces, compute);
    if (check.shared.isEmpty()) {
      check.start(new BitSet());
      return check.result;
    }
    List<SignedEntry> asked = check.shared.stream().mapToObj(check.entries::get).toList();
    return held.apply(asked).thenComposeAsync(
        places -> {
          check.start(places);
          return check.result;
        },
        compute);
  }

  /** Begins with what is left to check, with the places of the held ones among those that were looked up. */
  private synchronized void start(BitSet held) {
    BitSet left = new BitSet();
    left.set(0, entries.size());
    int place = 0;
    for (int i = shared.nextSetBit(0); i >= 0; i = shared.nextSetBit(i + 1)) {
      left.set(i, !held.get(place++));
    }
    places = left.stream().toArray();
    if (places.length == 0) {
      result.complete(new CheckedPieces(pieces, bad));
    }
    for (int lane = 0; lane < LANES; lane++) {
      submit();
    }
  }

  /** Hands the next part over, if one is left. */
  private synchronized void submit() {
    if (next < places.length) {
      int from = next;
      int task = places.length < FEW ? (places.length + LANES - 1) / LANES : ENTRIES_PER_TASK;
      next = Math.min(places.length, from + task);
      unfinished++;
      int to = next;
      compute.execute(() -> run(from, to));
    }
  }

  private void run(int from, int to) {
    try {
      verify(from, to);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      throw e;
    }
  }

  private void verify(int from, int to) {
    List<SignedEntry> part = Arrays.stream(places, from, to).mapToObj(entries::get).toList();
    BitSet valid = SignedEntry.verifyAll(part);
    BitSet found = new BitSet();
    for (int i = valid.nextClearBit(0); i < to - from; i = valid.nextClearBit(i + 1)) {
      found.set(places[from + i]);
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
