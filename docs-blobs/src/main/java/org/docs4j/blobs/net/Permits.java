package org.docs4j.blobs.net;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bounded number of permits, given in the order in which they were asked for. For any thread. */
final class Permits {
  private final ArrayDeque<Permit> waiting = new ArrayDeque<>();
  private int free;

  Permits(int free) {
    this.free = free;
  }

  /** A permit that was asked for; released exactly once in the end, granted or not. */
  final class Permit {
    private final CompletableFuture<Void> granted = new CompletableFuture<>();
    private boolean released;

    /** Completes when the permit is there, on the asking thread or the one that released it. */
    CompletionStage<Void> granted() {
      return granted;
    }

    /** Gives the permit back, or gives up waiting for it. Idempotent. */
    void release() {
      Permit next;
      synchronized (Permits.this) {
        if (released) {
          return;
        }
        released = true;
        if (waiting.remove(this)) {
          return;
        }
        if (waiting.isEmpty()) {
          free++;
          return;
        }
        next = waiting.remove();
      }
      next.granted.complete(null);
    }
  }

  /** Asks for a permit. */
  Permit acquire() {
    Permit permit = new Permit();
    synchronized (this) {
      if (free == 0) {
        waiting.add(permit);
        return permit;
      }
      free--;
    }
    permit.granted.complete(null);
    return permit;
  }
}
