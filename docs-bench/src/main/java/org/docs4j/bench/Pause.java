package org.docs4j.bench;

import java.time.Duration;
import org.docs4j.api.DocsInterruptedException;

/** Lets time pass. */
final class Pause {
  private Pause() {}

  /** Returns after so long. */
  static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted during a pause", e);
    }
  }
}
