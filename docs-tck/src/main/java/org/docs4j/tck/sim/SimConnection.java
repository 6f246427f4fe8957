package org.docs4j.tck.sim;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.jspecify.annotations.Nullable;

/** One side of a simulated connection. */
final class SimConnection implements Connection {
  private static final long MAX_CODE = (1L << 62) - 1;

  private final SimNetwork network;
  private final SimEndpoint endpoint;
  private final SimEndpoint remote;
  private final Alpn alpn;
  private final boolean dialled;
  private final SimStreams streams;
  private final CompletableFuture<CloseInfo> closed = new CompletableFuture<>();
  private @Nullable Link out;
  private @Nullable Link in;
  private @Nullable CloseInfo end;

  private SimConnection(SimNetwork network, SimEndpoint endpoint, SimEndpoint remote, Alpn alpn, boolean dialled) {
    this.network = network;
    this.endpoint = endpoint;
    this.remote = remote;
    this.alpn = alpn;
    this.dialled = dialled;
    this.streams = new SimStreams(this);
  }

  /** Connects two endpoints and returns the side of the first; the second has its own one way later. */
  static SimConnection between(SimNetwork network, SimEndpoint dialler, SimEndpoint acceptor, Alpn alpn) {
    SimConnection one = new SimConnection(network, dialler, acceptor, alpn, true);
    SimConnection other = new SimConnection(network, acceptor, dialler, alpn, false);
    Link there = new Link(network, one, other);
    Link back = new Link(network, other, one);
    one.out = there;
    one.in = back;
    other.out = back;
    other.in = there;
    dialler.add(one);
    acceptor.add(other);
    there.sendFirst(new Frame.Opened());
    there.refresh();
    back.refresh();
    return one;
  }

  @Override
  public EndpointId remoteId() {
    return remote.id();
  }

  @Override
  public Alpn alpn() {
    return alpn;
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  EndpointId localId() {
    return endpoint.id();
  }

  InetSocketAddress remoteAddress() {
    return remote.address();
  }

  SimNetworkConfig config() {
    return network.config();
  }

  Object lock() {
    return network.lock();
  }

  @Override
  public CompletionStage<BidiStream> openBidi() {
    synchronized (lock()) {
      return isOpen() ? streams.openBidi() : CompletableFuture.failedFuture(failure());
    }
  }

  @Override
  public CompletionStage<SendStream> openUni() {
    synchronized (lock()) {
      return isOpen() ? streams.openUni() : CompletableFuture.failedFuture(failure());
    }
  }

  @Override
  public CompletionStage<BidiStream> acceptBidi() {
    synchronized (lock()) {
      return isOpen() ? streams.acceptBidi() : CompletableFuture.failedFuture(failure());
    }
  }

  @Override
  public CompletionStage<ReceiveStream> acceptUni() {
    synchronized (lock()) {
      return isOpen() ? streams.acceptUni() : CompletableFuture.failedFuture(failure());
    }
  }

  @Override
  public void close(long code, String reason) {
    checkCode(code);
    synchronized (lock()) {
      if (isOpen()) {
        Link link = out;
        end(new CloseInfo(CloseInfo.Kind.LOCAL, code, reason));
        if (link != null) {
          link.sendLast(new Frame.Closed(code, reason));
        }
      }
    }
  }

  static void checkCode(long code) {
    if (code < 0 || code > MAX_CODE) {
      throw new IllegalArgumentException("a code is from 0 to 2^62 - 1, not " + code);
    }
  }

  @Override
  public CompletionStage<CloseInfo> closed() {
    return closed.minimalCompletionStage();
  }

  boolean isOpen() {
    return end == null;
  }

  /** Whether there is a finished stream that the peer has not read to its end. */
  boolean isUnread() {
    return streams.isUnread();
  }

  /** What stages fail with from now on. */
  ConnectionClosedException failure() {
    CloseInfo info = end;
    if (info == null) {
      throw new AssertionError("the connection has not ended");
    }
    String what =
        switch (info.kind()) {
          case LOCAL -> "the connection was closed here with code " + info.code();
          case PEER -> "the peer closed the connection with code " + info.code();
          case TIMED_OUT, FAILED -> "the connection was lost";
        };
    return new ConnectionClosedException(info.code(), info.reason().isEmpty() ? what : what + ": " + info.reason());
  }

  /** Ends this side for a reason that the peer is not told of. */
  void lost(CloseInfo info) {
    if (isOpen()) {
      Link link = out;
      end(info);
      if (link != null) {
        link.fallSilent();
      }
    }
  }

  private void end(CloseInfo info) {
    end = info;
    Link link = in;
    if (link != null) {
      link.drop();
    }
    endpoint.remove(this);
    streams.fail(failure());
    complete(closed, info);
    endpoint.drained();
  }

  void received(Frame frame) {
    if (!isOpen()) {
      return;
    }
    if (frame instanceof Frame.Opened) {
      endpoint.incoming(this);
    } else if (frame instanceof Frame.Closed close) {
      Link link = out;
      end(new CloseInfo(CloseInfo.Kind.PEER, close.code(), close.reason()));
      if (link != null) {
        link.drop();
      }
    } else {
      streams.received(frame);
    }
  }

  void refreshLink() {
    Link link = out;
    if (link != null) {
      link.refresh();
    }
  }

  /** Sends a frame; returns when it arrives. */
  long send(Frame frame, long earliest) {
    Link link = out;
    return link == null ? earliest : link.send(frame, earliest);
  }

  /** A stream was read to its end or given up. */
  void drained() {
    endpoint.drained();
  }

  <T> void complete(CompletableFuture<T> stage, T value) {
    endpoint.run(() -> stage.complete(value));
  }

  void complete(CompletableFuture<Void> stage) {
    endpoint.run(() -> stage.complete(null));
  }

  void fail(CompletableFuture<?> stage, RuntimeException failure) {
    endpoint.run(() -> stage.completeExceptionally(failure));
  }
}
