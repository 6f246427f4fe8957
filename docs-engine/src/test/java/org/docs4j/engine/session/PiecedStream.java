package org.docs4j.engine.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.DocsException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.wire.MessageHead;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.sim.SimEnvironment;

/** A stream whose bytes arrive in pieces: each byte says how many come after it, up to 256. */
public final class PiecedStream implements ReceiveStream {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final byte[] bytes;
  private int at;

  private PiecedStream(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many bytes come in the piece that begins at a place. */
  public static int size(byte[] bytes, int at) {
    return Math.min(bytes.length - at, 1 + Byte.toUnsignedInt(bytes[at]));
  }

  /**
   * Reads all frames as a session does.
   *
   * @throws MalformedMessageException if one of them is no message
   */
  public static List<SyncMessage> messages(byte[] bytes) {
    SimEnvironment sim = SimEnvironment.seeded(1);
    BidiStream both = new BidiStream(new Unused(), new PiecedStream(bytes));
    FrameStream frames = new FrameStream(both, sim.environment("node"), PATIENCE);
    List<SyncMessage> messages = new ArrayList<>();
    while (true) {
      Collector collector = new Collector();
      CompletableFuture<Optional<MessageHead>> read = frames.receive(bytes.length, collector);
      sim.runUntil(read::isDone, PATIENCE);
      Optional<MessageHead> head = result(read);
      if (head.isEmpty()) {
        return messages;
      }
      messages.add(SyncMessageCodec.of(head.get(), collector.pieces));
    }
  }

  private static Optional<MessageHead> result(CompletableFuture<Optional<MessageHead>> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DocsException expected) {
        throw expected;
      }
      throw e;
    }
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    if (at == bytes.length) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    ByteBuffer piece = ByteBuffer.wrap(bytes, at, size(bytes, at));
    at = piece.limit();
    return CompletableFuture.completedStage(Optional.of(piece));
  }

  @Override
  public void stop(long code) {}

  /** Takes what is decoded, and is told what it is before. */
  private static final class Collector implements MessageSink {
    private final List<Piece> pieces = new ArrayList<>();
    private boolean begun;

    @Override
    public void begin(MessageHead head) {
      begun = true;
    }

    @Override
    public void waiting(long held) {}

    @Override
    public CompletionStage<Void> take(List<Piece> more) {
      if (!begun) {
        throw new AssertionError("parts before the beginning of their message");
      }
      pieces.addAll(more);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void takeLast(List<Piece> rest) {
      take(rest);
    }
  }

  /** Nothing is written. */
  private static final class Unused implements SendStream {
    @Override
    public CompletionStage<Void> write(ByteBuffer data) {
      throw new AssertionError("nothing is to be written");
    }

    @Override
    public CompletionStage<Void> finish() {
      throw new AssertionError("nothing is to be ended");
    }

    @Override
    public void reset(long code) {}
  }
}
