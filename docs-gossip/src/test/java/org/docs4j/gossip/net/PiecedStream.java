package org.docs4j.gossip.net;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.gossip.TestData;
import org.docs4j.gossip.proto.Message;

/** A stream of a peer, its topic included, whose bytes arrive in pieces; and the gossip thread that reads it. */
public final class PiecedStream implements ReceiveStream, NodeContext {
  private static final int MAX_MESSAGE_BYTES = 4096;
  private static final Endpoint SELF = new SimSwarm(1).bare("self");

  private final byte[] bytes;
  private final int piece;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Heard> heard = new ArrayList<>();
  private int at;
  private boolean ended;

  /**
   * What arrived.
   *
   * @param topic as the stream names it
   * @param message for the topic
   */
  public record Heard(TopicId topic, Message message) {}

  private PiecedStream(byte[] bytes, int piece) {
    this.bytes = bytes;
    this.piece = piece;
  }

  /** What a node hears of a stream that comes in pieces of so many bytes; all of it is read, whatever it is. */
  public static List<Heard> read(byte[] bytes, int piece) {
    PiecedStream stream = new PiecedStream(bytes, piece);
    new InStream(new PeerConnection(new PeerTable(SELF, stream), stream, new OnlyStream()), stream).read();
    for (Runnable task = stream.tasks.poll(); task != null; task = stream.tasks.poll()) {
      task.run();
    }
    if (!stream.ended) {
      throw new AssertionError(bytes.length - stream.at + " bytes were not read");
    }
    return stream.heard;
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    if (at == bytes.length) {
      ended = true;
      return CompletableFuture.completedStage(Optional.empty());
    }
    ByteBuffer next = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
    at = next.limit();
    return CompletableFuture.completedStage(Optional.of(next));
  }

  @Override
  public void stop(long code) {
    throw new AssertionError("a stream is refused, with code " + code);
  }

  @Override
  public <T> void then(CompletionStage<T> stage, Consumer<? super T> done, Consumer<Throwable> failed) {
    CompletionStage<Void> queued = stage.thenAccept(value -> tasks.add(() -> done.accept(value)));
    queued.exceptionally(
        failure -> {
          tasks.add(() -> failed.accept(failure));
          return null;
        });
  }

  @Override
  public void later(Duration delay, Runnable task) {}

  @Override
  public Duration now() {
    return Duration.ZERO;
  }

  @Override
  public int maxMessageBytes() {
    return MAX_MESSAGE_BYTES;
  }

  @Override
  public void backlog(long change) {}

  @Override
  public void received(EndpointId from, TopicId topic, Message message) {
    heard.add(new Heard(topic, message));
  }

  @Override
  public boolean needs(EndpointId peer) {
    return true;
  }

  @Override
  public void lost(EndpointId peer) {}

  /** A connection on which nothing happens beside; each input has its own, so that nothing is kept of it. */
  private static final class OnlyStream implements Connection {
    @Override
    public EndpointId remoteId() {
      return TestData.peer(1);
    }

    @Override
    public Alpn alpn() {
      return GossipNode.ALPN;
    }

    @Override
    public boolean dialled() {
      return false;
    }

    @Override
    public CompletionStage<BidiStream> openBidi() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<SendStream> openUni() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<BidiStream> acceptBidi() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<ReceiveStream> acceptUni() {
      return new CompletableFuture<>();
    }

    @Override
    public void close(long code, String reason) {
      throw new AssertionError("the connection is closed: " + reason);
    }

    @Override
    public CompletionStage<CloseInfo> closed() {
      return new CompletableFuture<>();
    }
  }
}
