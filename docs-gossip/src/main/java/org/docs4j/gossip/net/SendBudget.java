package org.docs4j.gossip.net;

import java.util.concurrent.atomic.AtomicLong;

/** How much more the application may hand over: bounds what waits for the gossip thread and for the peers. Thread-safe. */
final class SendBudget {
  private static final long MAX_COMMANDS = 4096;
  private static final long MAX_COMMAND_BYTES = 4L << 20;
  private static final long MAX_BACKLOG_BYTES = 32L << 20;

  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong commandBytes = new AtomicLong();
  private final AtomicLong backlog = new AtomicLong();

  /** Takes room for one command with so many bytes, if there is any. */
  boolean take(int bytes) {
    if (backlog.get() > MAX_BACKLOG_BYTES) {
      return false;
    }
    boolean fits = commands.incrementAndGet() <= MAX_COMMANDS;
    fits &= commandBytes.addAndGet(bytes) <= MAX_COMMAND_BYTES;
    if (!fits) {
      give(bytes);
    }
    return fits;
  }

  /** Gives the room of a command back. */
  void give(int bytes) {
    commands.decrementAndGet();
    commandBytes.addAndGet(-bytes);
  }

  /** Adds to the bytes that wait for peers, or takes away from them. */
  void backlog(long bytes) {
    backlog.addAndGet(bytes);
  }
}
