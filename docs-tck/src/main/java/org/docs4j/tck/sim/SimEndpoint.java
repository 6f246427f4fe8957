package org.docs4j.tck.sim;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ConnectionHandler;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.jspecify.annotations.Nullable;

/** An endpoint of a simulated network. */
final class SimEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(SimEndpoint.class.getName());
  private static final Duration ROOM = Duration.ofSeconds(5);

  private final SimNetwork network;
  private final EndpointId id;
  private final InetSocketAddress address;
  private final SerialExecutor serial;
  private final Map<Alpn, ConnectionHandler> handlers = new LinkedHashMap<>();
  private final AddressBook book = new AddressBook();
  private final Set<SimConnection> connections = new LinkedHashSet<>();
  private final Set<Dial> dials = new LinkedHashSet<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private boolean closing;
  private boolean closed;
  private volatile @Nullable Thread runner;

  SimEndpoint(SimNetwork network, EndpointConfig config, InetSocketAddress address) {
    this.network = network;
    this.id = config.secret().id();
    this.address = address;
    this.serial = config.environment().executor().serial("sim-endpoint-" + id.shortText());
  }

  @Override
  public EndpointId id() {
    return id;
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public EndpointAddr addr() {
    return EndpointAddr.of(id, List.of(address));
  }

  @Override
  public CompletionStage<Connection> connect(EndpointAddr peer, List<Alpn> protocols) {
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("a peer is dialled for one protocol at least");
    }
    synchronized (network.lock()) {
      if (closing) {
        return CompletableFuture.failedFuture(new TransportException("the endpoint is closed"));
      }
      Set<TransportAddr> addresses = new LinkedHashSet<>(peer.addresses());
      known(peer.id()).ifPresent(known -> addresses.addAll(known.addresses()));
      Dial dial = new Dial(network, this, peer.id(), List.copyOf(protocols), addresses);
      dials.add(dial);
      return dial.start();
    }
  }

  @Override
  public void accept(Alpn alpn, ConnectionHandler handler) {
    synchronized (network.lock()) {
      if (handlers.putIfAbsent(alpn, handler) != null) {
        throw new IllegalArgumentException("there is a handler for " + alpn + " already");
      }
    }
  }

  @Override
  public void learn(EndpointAddr peer) {
    synchronized (network.lock()) {
      book.learn(peer.id(), peer.addresses());
    }
  }

  @Override
  public Optional<EndpointAddr> known(EndpointId peer) {
    synchronized (network.lock()) {
      List<InetSocketAddress> seen = connectionsTo(peer).stream().map(SimConnection::remoteAddress).toList();
      Set<TransportAddr> learnt = book.of(peer);
      if (seen.isEmpty() && learnt.isEmpty()) {
        return Optional.empty();
      }
      EndpointAddr live = EndpointAddr.of(peer, seen);
      return Optional.of(live.merge(new EndpointAddr(peer, new TreeSet<>(learnt))));
    }
  }

  /** Which of the protocols is taken, if any. */
  Optional<Alpn> takes(List<Alpn> protocols) {
    return handlers.keySet().stream().filter(protocols::contains).findFirst();
  }

  boolean isClosed() {
    return closing;
  }

  void forget(Dial dial) {
    dials.remove(dial);
  }

  void add(SimConnection connection) {
    connections.add(connection);
  }

  void remove(SimConnection connection) {
    connections.remove(connection);
  }

  List<SimConnection> connections() {
    return List.copyOf(connections);
  }

  List<SimConnection> connectionsTo(EndpointId peer) {
    return connections.stream().filter(connection -> connection.remoteId().equals(peer)).toList();
  }

  /** Hands an incoming connection to whoever takes its protocol. */
  void incoming(SimConnection connection) {
    ConnectionHandler handler = handlers.get(connection.alpn());
    if (handler == null || closing) {
      connection.close(0, "");
      return;
    }
    run(
        () -> {
          try {
            handler.handle(connection);
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the handler of " + connection.alpn() + " failed", e);
            connection.close(0, "the handler failed");
          }
        });
  }

  /** Runs something of the caller's on the thread of this endpoint. */
  void run(Runnable task) {
    serial.execute(
        () -> {
          runner = Thread.currentThread();
          task.run();
        });
  }

  @Override
  public void close() {
    synchronized (network.lock()) {
      if (!closing) {
        beginClosing();
        network.after(network.config().linger(), this::finishClosing);
        drained();
      }
    }
    if (network.mayBlock() && Thread.currentThread() != runner) {
      awaitEnd();
    }
  }

  /** The linger time ends the wait, if somebody has not closed the environment of the network before. */
  private void awaitEnd() {
    try {
      ended.get(network.config().linger().plus(ROOM).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "endpoint " + id.shortText() + " did not end in time", e);
    }
  }

  /** Ends without a word to anybody. */
  void kill() {
    if (closed) {
      return;
    }
    beginClosing();
    closed = true;
    CloseInfo info = new CloseInfo(CloseInfo.Kind.FAILED, -1, "the endpoint was killed");
    connections().forEach(connection -> connection.lost(info));
    end();
  }

  private void beginClosing() {
    closing = true;
    network.unbind(this);
    List.copyOf(dials).forEach(dial -> dial.fail("the endpoint was closed"));
  }

  /** Finishes closing if nothing that was finished is still to be read. */
  void drained() {
    if (closing && connections.stream().noneMatch(SimConnection::isUnread)) {
      finishClosing();
    }
  }

  private void finishClosing() {
    if (!closed) {
      closed = true;
      connections().forEach(connection -> connection.close(0, ""));
      end();
    }
  }

  private void end() {
    handlers.clear();
    network.forget(this);
    run(
        () -> {
          ended.complete(null);
          serial.close();
        });
  }
}
