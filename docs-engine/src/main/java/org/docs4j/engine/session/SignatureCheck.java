package org.docs4j.engine.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.actor.CheckedMessage;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;

/**
 * Checks the signatures of a message's entries in parallel, before they go to the sync actor. A message never has more
 * tasks waiting than there are processors, so that a long one does not hold the others up.
 */
final class SignatureCheck {
  /** Enough work for one task to outweigh handing it over. */
  private static final int ENTRIES_PER_TASK = 32;

  private static final int LANES = Runtime.getRuntime().availableProcessors();

  private final RangeMessage message;
  private final Executor compute;
  private final List<SignedEntry> entries = new ArrayList<>();
  private final BitSet bad = new BitSet();
  private final CompletableFuture<CheckedMessage> result = new CompletableFuture<>();
  private int next;
  private int unfinished;

  private SignatureCheck(RangeMessage message, Executor compute) {
    this.message = message;
    this.compute = compute;
    for (Part part : message.parts()) {
      if (part instanceof Part.RangeItem item) {
        item.values().forEach(value -> entries.add(value.entry()));
      }
    }
  }

  static CompletableFuture<CheckedMessage> check(RangeMessage message, Executor compute) {
    SignatureCheck check = new SignatureCheck(message, compute);
    check.start();
    return check.result;
  }

  private synchronized void start() {
    if (entries.isEmpty()) {
      result.complete(new CheckedMessage(message, bad));
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
    BitSet found = new BitSet();
    for (int i = from; i < to; i++) {
      if (!entries.get(i).verify()) {
        found.set(i);
      }
    }
    if (finished(found)) {
      result.complete(new CheckedMessage(message, bad));
    }
  }

  private synchronized boolean finished(BitSet found) {
    bad.or(found);
    unfinished--;
    submit();
    return unfinished == 0;
  }
}
