package org.docs4j.transport.quic;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;

/** What is done once for all datagrams that are read from a socket together. Confined to the event loop. */
final class Batch {
  private static final System.Logger LOG = System.getLogger(Batch.class.getName());
  private static final AttributeKey<Batch> ATTRIBUTE = AttributeKey.valueOf(Batch.class, "batch");

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean reading;

  /** That of a socket, as soon as there is one. */
  void attach(Channel socket) {
    socket.attr(ATTRIBUTE).set(this);
  }

  /** That of the socket of a connection. */
  static Batch of(QuicChannel connection) {
    return connection.parent().attr(ATTRIBUTE).get();
  }

  /** A datagram was read; {@link #end} follows, after some more of them. */
  void begin() {
    reading = true;
  }

  /** Runs the task at the end of the datagrams that are being read, or soon where none are. */
  void atEnd(EventLoop loop, Runnable task) {
    if (tasks.isEmpty() && !reading) {
      loop.execute(this::run);
    }
    tasks.add(task);
  }

  /** Runs what waits, and what comes up meanwhile. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      runOne(task);
    }
  }

  /** What goes wrong in one task, which is that of one stream, must not keep the others from theirs. */
  @SuppressWarnings("CatchingUnchecked")
  private static void runOne(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a stream could not take what has come", e);
    }
  }

  /** All were read, and everything that they bring about has been done. */
  void end() {
    reading = false;
    run();
  }
}
