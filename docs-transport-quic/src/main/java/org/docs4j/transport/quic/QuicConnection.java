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
import org.jspecify.annotations.Nullable;

/** An established connection. Stages complete on the event loop, or at once. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicConnection implements Connection {
  /** The library remembers a stream that was not read to its end as long as the connection lives: there is a limit. */
  static final int MAX_ABANDONED = 4096;

  private static final AttributeKey<QuicConnection> ATTRIBUTE =
      AttributeKey.valueOf(QuicConnection.class, "connection");

  private final QuicChannel channel;
  private final EndpointId remoteId;
  private final Alpn alpn;
  private final boolean dialled;
  private final Farewell farewell;
  private final Confirmation confirmation;
  private final Batch batch;
  private final PeerStreams peerStreams;
  private final StreamOpener opener;
  private final ResetStreams resetStreams;
  private final StreamPlaces.Part places;
  private final int mostStreams;
  private final AtomicReference<CloseInfo> end = new AtomicReference<>();
  private final CompletableFuture<CloseInfo> closed = new CompletableFuture<>();
  // Confined to the event loop.
  private final Set<QuicStream> streams = new LinkedHashSet<>();
  private int abandoned;
  private boolean used;
  private boolean finishedStreams;
  private @Nullable QuicStreamChannel lastWritten;

  QuicConnection(
      QuicChannel channel, EndpointId remoteId, Alpn alpn, boolean dialled, KeepAlive keepAlive, Links links) {
    this.channel = channel;
    this.remoteId = remoteId;
    this.alpn = alpn;
    this.dialled = dialled;
    this.farewell = links.farewell();
    this.confirmation = new Confirmation(channel, dialled);
    this.batch = Batch.of(channel);
    this.resetStreams =
        new ResetStreams(channel, links.lingering(), () -> close(0, "too many streams were reset in a short time"));
    this.opener = new StreamOpener(this, channel, keepAlive);
    InetSocketAddress address = (InetSocketAddress) channel.remoteSocketAddress();
    this.places = links.places().of(remoteId, address.getAddress());
    this.mostStreams = links.places().most();
    this.peerStreams = new PeerStreams(this, places);
    channel.attr(ATTRIBUTE).set(this);
    channel.closeFuture().addListener(closed -> places.end());
  }

  static Optional<QuicConnection> of(QuicChannel channel) {
    return Optional.ofNullable(channel.attr(ATTRIBUTE).get());
  }

  /** Where the peer is at present, while there is a connection. */
  Optional<InetSocketAddress> remoteAddress() {
    return Optional.ofNullable((InetSocketAddress) channel.remoteSocketAddress()).map(LocalAddresses::seen);
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
    return opener.open(QuicStreamType.BIDIRECTIONAL, QuicStream::bidi);
  }

  @Override
  public CompletionStage<SendStream> openUni() {
    return opener.open(QuicStreamType.UNIDIRECTIONAL, QuicStream::send);
  }

  @Override
  public CompletionStage<BidiStream> acceptBidi() {
    return peerStreams.nextBidi();
  }

  @Override
  public CompletionStage<ReceiveStream> acceptUni() {
    return peerStreams.nextUni();
  }

  @Override
  public void close(long code, String reason) {
    int checked = Codes.checked(code);
    if (end.compareAndSet(null, new CloseInfo(CloseInfo.Kind.LOCAL, code, reason))) {
      UdpSocket.run(
          channel,
          () -> {
            try {
              closeNow(checked, reason);
            } finally {
              failAll();
            }
          },
          this::failAll);
    }
  }

  /** With a full congestion window the library could not tell the peer; so it gets a moment to empty. */
  private void closeNow(int code, String reason) {
    if (lastWritten == null || Room.in(lastWritten)) {
      tellPeer(code, reason);
    } else {
      boolean blocked = isBlocked();
      streams.forEach(stream -> stream.send().abandon(code));
      FullWindow.whenEmpty(channel, blocked, () -> tellPeer(code, reason));
    }
  }

  private void tellPeer(int code, String reason) {
    confirmation.await(() -> farewell.close(() -> channel.close(true, code, Codes.reason(reason))));
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
    peerStreams.end(failure);
    opener.end(failure);
    resetStreams.end();
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

  /** The library has taken bytes of a stream. */
  void wrote(QuicStreamChannel stream) {
    lastWritten = stream;
  }

  ResetStreams resetStreams() {
    return resetStreams;
  }

  StreamPlaces.Part places() {
    return places;
  }

  /** How many streams all connections of the endpoint may have. */
  int mostStreams() {
    return mostStreams;
  }

  /** A stream was finished: its last bytes may be on their way for a while. */
  void finishedStream() {
    finishedStreams = true;
  }

  boolean mayBeSending() {
    return finishedStreams && end.get() == null;
  }

  /** Whether there is more to send than the network or the peer takes. */
  boolean isBlocked() {
    return streams.stream().anyMatch(stream -> stream.send().isBlocked());
  }

  /** Whether what has arrived can still be read, even if the peer has closed the connection. */
  boolean canStillRead() {
    CloseInfo info = end.get();
    return channel.isActive() && (info == null || info.kind() != CloseInfo.Kind.LOCAL);
  }

  void later(Runnable task) {
    channel.eventLoop().execute(task);
  }

  void afterDatagrams(Runnable task) {
    batch.atEnd(channel.eventLoop(), task);
  }

  void run(Runnable task, Runnable otherwise) {
    UdpSocket.run(channel, task, otherwise);
  }

  void streamLimitsChanged() {
    opener.limitsChanged();
  }

  /** Takes a stream that the peer opened; none once this side has closed the connection. */
  void incoming(QuicStreamChannel channel) {
    if (end.get() != null && !canStillRead()) {
      return;
    }
    used = true;
    peerStreams.incoming(channel);
  }

  /** Ends the connection if it has never had a stream. */
  void closeIfUnused() {
    if (!used) {
      close(0, "no stream was opened");
    }
  }

  /** Makes a stream that there is a place for. */
  QuicStream add(QuicStreamType type, boolean local) {
    used = true;
    QuicStream stream = new QuicStream(this, type, local);
    streams.add(stream);
    places.opened(local);
    return stream;
  }

  /** Takes a stream that this side opened. */
  QuicStream opened(QuicStreamChannel channel) {
    QuicStream stream = add(channel.type(), true);
    stream.attach(channel);
    return stream;
  }

  /** A stream is over; read to its end, or given up by one of the sides before. */
  void remove(QuicStream stream, boolean readToEnd) {
    if (streams.remove(stream)) {
      places.left(stream.isLocal());
    }
    if (!readToEnd && ++abandoned == MAX_ABANDONED) {
      close(0, "too many streams were given up");
    }
  }
}
