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

/** Checks the signatures of a message's entries in parallel, before they go to the sync actor. */
final class SignatureCheck {
  /** Enough work for one task to outweigh handing it over. */
  private static final int ENTRIES_PER_TASK = 32;

  private SignatureCheck() {}

  static CompletableFuture<CheckedMessage> check(RangeMessage message, Executor compute) {
    List<SignedEntry> entries = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.RangeItem item) {
        item.values().forEach(value -> entries.add(value.entry()));
      }
    }
    List<CompletableFuture<BitSet>> tasks = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += ENTRIES_PER_TASK) {
      int begin = from;
      int end = Math.min(entries.size(), from + ENTRIES_PER_TASK);
      tasks.add(CompletableFuture.supplyAsync(() -> bad(entries, begin, end), compute));
    }
    return CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              BitSet bad = new BitSet();
              tasks.forEach(task -> bad.or(task.join()));
              return new CheckedMessage(message, bad);
            });
  }

  private static BitSet bad(List<SignedEntry> entries, int from, int to) {
    BitSet bad = new BitSet();
    for (int i = from; i < to; i++) {
      if (!entries.get(i).verify()) {
        bad.set(i);
      }
    }
    return bad;
  }
}
