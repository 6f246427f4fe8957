package org.docs4j.engine;

import java.util.ArrayDeque;

/** What was opened so far, to be closed in the reverse order. Used by one thread at a time. */
final class Opened implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Opened.class.getName());

  private final ArrayDeque<AutoCloseable> things = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /** Takes something out again that somebody else closes from now on. */
  void release(AutoCloseable thing) {
    things.remove(thing);
  }

  /** Closes everything, each part even if another fails at it; what goes wrong is logged. Idempotent. */
  @Override
  @SuppressWarnings("CatchingUnchecked") // a native library that fails must not keep the locks of the other parts
  public void close() {
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception | LinkageError e) {
        LOG.log(System.Logger.Level.WARNING, "closing a part of the node failed", e);
      }
    }
  }
}
