package org.docs4j.api.spi;

/** Something that has not happened yet and can be called off. */
@FunctionalInterface
public interface Cancellable {
  /** Calls it off if it has not begun; otherwise does nothing. Idempotent, safe from any thread. */
  void cancel();
}
