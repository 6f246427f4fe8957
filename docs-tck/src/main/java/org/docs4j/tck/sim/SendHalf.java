package org.docs4j.tck.sim;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.SendStream;
import org.jspecify.annotations.Nullable;

/** The sending half of a simulated stream: sends as much as the windows of stream and connection allow. */
final class SendHalf implements SendStream {
  private final SimConnection connection;
  private final SimStreams streams;
  private final long id;
  private final ArrayDeque<Write> writes = new ArrayDeque<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private int credit;
  private long lastArrival;
  private boolean finishing;
  private boolean finishSent;
  private @Nullable RuntimeException failure;

  SendHalf(SimConnection connection, SimStreams streams, long id) {
    this.connection = connection;
    this.streams = streams;
    this.id = id;
    this.credit = connection.config().streamWindow();
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    synchronized (connection.lock()) {
      RuntimeException refusal = failure;
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      if (finishing) {
        return CompletableFuture.failedFuture(new TransportException("the stream was finished here"));
      }
      CompletableFuture<Void> stage = new CompletableFuture<>();
      writes.add(new Write(data, stage));
      pump();
      return stage;
    }
  }

  @Override
  public CompletionStage<Void> finish() {
    synchronized (connection.lock()) {
      RuntimeException refusal = failure;
      if (refusal != null && !finishSent) {
        return CompletableFuture.failedFuture(refusal);
      }
      if (!finishing) {
        finishing = true;
        pump();
      }
      return finished.minimalCompletionStage();
    }
  }

  @Override
  public void reset(long code) {
    SimConnection.checkCode(code);
    synchronized (connection.lock()) {
      if (failure == null && !finishSent) {
        connection.send(new Frame.Reset(id, code), 0);
        fail(new TransportException("the stream was reset here"));
        streams.sendingEnded(id);
      }
    }
  }

  /** Sends what can be sent, and the end after it. */
  void pump() {
    while (!writes.isEmpty()) {
      Write write = writes.element();
      while (write.data.hasRemaining()) {
        int wanted = Math.min(Math.min(write.data.remaining(), connection.config().frame()), credit);
        int granted = wanted == 0 ? 0 : streams.take(this, wanted);
        if (granted == 0) {
          return;
        }
        credit -= granted;
        byte[] bytes = new byte[granted];
        write.data.get(bytes);
        lastArrival = connection.send(new Frame.Data(id, ByteBuffer.wrap(bytes)), lastArrival);
      }
      writes.remove();
      connection.complete(write.stage);
    }
    if (finishing && !finishSent && failure == null) {
      finishSent = true;
      connection.send(new Frame.Finished(id), lastArrival);
      connection.complete(finished);
    }
  }

  void credited(int bytes) {
    credit += bytes;
    pump();
  }

  /** The peer wants no more. */
  void stopped(long code) {
    if (failure == null) {
      fail(new StreamResetException(code));
    }
    streams.sendingEnded(id);
  }

  /** Whether the end was asked for; the peer has not read up to it, or this half would be gone. */
  boolean isFinished() {
    return finishing;
  }

  void fail(RuntimeException reason) {
    failure = reason;
    writes.forEach(write -> connection.fail(write.stage, reason));
    writes.clear();
    if (!finishSent) {
      connection.fail(finished, reason);
    }
  }

  private record Write(ByteBuffer data, CompletableFuture<Void> stage) {}
}
