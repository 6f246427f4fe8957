package org.docs4j.blobs.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.spi.Environment;

/**
 * Ends transfers that make no progress. Looks at all of them at intervals, and only while there are any, because a timer
 * for each of thousands of small transfers would cost more than the transfers. Safe to use from any thread.
 */
final class StallWatch {
  private final Environment environment;
  private final Duration timeout;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private boolean scheduled;

  /** A transfer. */
  interface Watched {
    /** When it made progress last, as the ticker said. */
    long lastProgress();

    /** Called on an I/O thread when that is too long ago; possibly more than once. */
    void stalled();
  }

  StallWatch(Environment environment, Duration timeout) {
    this.environment = environment;
    this.timeout = timeout;
  }

  void add(Watched transfer) {
    watched.add(transfer);
    schedule();
  }

  void remove(Watched transfer) {
    watched.remove(transfer);
  }

  private synchronized void schedule() {
    if (!scheduled && !watched.isEmpty()) {
      scheduled = true;
      environment.executor().schedule(timeout.dividedBy(4), environment.executor().io(), this::look);
    }
  }

  private void look() {
    synchronized (this) {
      scheduled = false;
    }
    for (Watched transfer : watched) {
      if (environment.ticker().since(transfer.lastProgress()).compareTo(timeout) >= 0) {
        transfer.stalled();
      }
    }
    schedule();
  }
}
