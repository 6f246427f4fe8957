package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;

/** An established connection. Stages complete on the event loop, or at once. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicConnection implements Connection {
  /** The library remembers a stream that was not read to its end as long as the connection lives: there is a limit. */
  static final int MAX_ABANDONED = 4096;

  private static final AttributeKey<QuicConnection> ATTRIBUTE = AttributeKey.valueOf(QuicConnection.class, "connection");

  private final QuicChannel channel;
  private final EndpointId remoteId;
  private final Alpn alpn;
  private final boolean dialled;
  private final AcceptQueue<BidiStream> bidi = new AcceptQueue<>();
  private final AcceptQueue<ReceiveStream> uni = new AcceptQueue<>();
  private final StreamOpener opener;
  private final AtomicReference<CloseInfo> end = new AtomicReference<>();
  private final CompletableFuture<CloseInfo> closed = new CompletableFuture<>();
  // Confined to the event loop.
  private final Set<QuicStream> streams = new LinkedHashSet<>();
  private int abandoned;
  private boolean finishedStreams;

  QuicConnection(QuicChannel channel, EndpointId remoteId, Alpn alpn, boolean dialled) {
    this.channel = channel;
    this.remoteId = remoteId;
    this.alpn = alpn;
    this.dialled = dialled;
    this.opener = new StreamOpener(this, channel);
    channel.attr(ATTRIBUTE).set(this);
  }

  static Optional<QuicConnection> of(QuicChannel channel) {
    return Optional.ofNullable(channel.attr(ATTRIBUTE).get());
  }

  /** Where the peer is at present, while there is a connection. */
  Optional<InetSocketAddress> remoteAddress() {
    return Optional.ofNullable((InetSocketAddress) channel.remoteSocketAddress());
  }

  @Override
  public EndpointId remoteId() {
    return remoteId;
  }

  @Override
  public Alpn alpn() {
    return alpn;
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public CompletionStage<BidiStream> openBidi() {
    return opener.open(QuicStreamType.BIDIRECTIONAL).thenApply(QuicStream::bidi);
  }

  @Override
  public CompletionStage<SendStream> openUni() {
    return opener.open(QuicStreamType.UNIDIRECTIONAL).thenApply(QuicStream::send);
  }

  @Override
  public CompletionStage<BidiStream> acceptBidi() {
    return bidi.next();
  }

  @Override
  public CompletionStage<ReceiveStream> acceptUni() {
    return uni.next();
  }

  @Override
  public void close(long code, String reason) {
    int checked = Codes.checked(code);
    if (end.compareAndSet(null, new CloseInfo(CloseInfo.Kind.LOCAL, code, reason))) {
      UdpSocket.run(
          channel,
          () -> {
            channel.close(true, checked, Codes.reason(reason));
            failAll();
          },
          this::failAll);
    }
  }

  @Override
  public CompletionStage<CloseInfo> closed() {
    return closed.minimalCompletionStage();
  }

  /** The connection has ended, unless it had already. On the event loop. */
  void ended(CloseInfo info) {
    end.compareAndSet(null, info);
    failAll();
  }

  private void failAll() {
    CloseInfo info = end.get();
    if (closed.isDone()) {
      return;
    }
    TransportException failure = failure(info);
    bidi.end(failure);
    uni.end(failure);
    opener.end(failure);
    new ArrayList<>(streams).forEach(stream -> stream.connectionEnded(failure));
    closed.complete(info);
  }

  /** Why nothing works any more, once the connection has ended. */
  Optional<TransportException> failure() {
    return Optional.ofNullable(end.get()).map(this::failure);
  }

  private TransportException failure(CloseInfo info) {
    String reason = info.reason().isEmpty() ? "" : ": " + info.reason();
    String what =
        switch (info.kind()) {
          case LOCAL -> "this side closed the connection with code " + info.code() + reason;
          case PEER -> "peer " + remoteId.shortText() + " closed the connection with code " + info.code() + reason;
          case TIMED_OUT -> "nothing came from peer " + remoteId.shortText() + " for too long";
          case FAILED -> "the connection with peer " + remoteId.shortText() + " failed" + reason;
        };
    return new ConnectionClosedException(info.code(), what);
  }

  /** A stream was finished: its last bytes are with the library. */
  void finishedStream() {
    finishedStreams = true;
  }

  boolean mayBeSending() {
    return finishedStreams && end.get() == null;
  }

  void streamLimitsChanged() {
    opener.limitsChanged();
  }

  /** Takes a stream that the peer opened. */
  void incoming(QuicStreamChannel stream) {
    QuicStream taken = add(stream);
    if (stream.type() == QuicStreamType.BIDIRECTIONAL) {
      bidi.offer(taken.bidi());
    } else {
      uni.offer(taken.receive());
    }
  }

  QuicStream add(QuicStreamChannel stream) {
    QuicStream made = new QuicStream(this, stream);
    streams.add(made);
    stream.pipeline().addLast(made);
    return made;
  }

  /** A stream is over; read to its end, or given up by one of the sides before. */
  void remove(QuicStream stream, boolean readToEnd) {
    streams.remove(stream);
    if (!readToEnd && ++abandoned == MAX_ABANDONED) {
      close(0, "too many streams were given up");
    }
  }
}
