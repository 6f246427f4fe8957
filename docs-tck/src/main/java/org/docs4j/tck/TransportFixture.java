package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.docs4j.api.DocsException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ConnectionHandler;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.api.spi.transport.TransportProvider;
import org.docs4j.tck.sim.Conditions;
import org.junit.jupiter.api.AfterEach;

/** What the rules of the transport seam share: endpoints that are closed after each test, connections, and bytes. */
abstract class TransportFixture {
  static final Alpn PROTOCOL = new Alpn("/docs4j-tck/1");
  static final Alpn OTHER_PROTOCOL = new Alpn("/docs4j-tck/other");
  static final int PIECE = 64 * 1024;

  private final Deque<Environment> environments = new ArrayDeque<>();
  private final Deque<UdpRelay> relays = new ArrayDeque<>();
  private final Deque<Endpoint> opened = new ArrayDeque<>();

  /** The provider to be proved. */
  protected abstract TransportProvider provider();

  /** The options that endpoints are bound with; none unless overridden. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** The environment for an endpoint; one on this machine unless overridden, closed after the test. */
  protected Environment environment(String node) {
    Environment environment = Environment.system();
    environments.push(environment);
    return environment;
  }

  /** How the tests wait; in real time unless overridden. */
  protected Conditions conditions() {
    return Conditions.realTime();
  }

  /** How many bytes of a connection may be under way, neither read nor refused to the writer: 64 MiB at most. */
  protected long maxBufferedBytes() {
    return 64L << 20;
  }

  /** How many one-way streams an endpoint lets a peer have open at once; 1000 unless its options say fewer. */
  protected int streamsAtOnce() {
    return 1000;
  }

  /** The highest application code; 2^62 - 1 unless the transport stands on something that cannot do as much. */
  protected long maxCode() {
    return (1L << 62) - 1;
  }

  /** Whether a writer learns with which code its peer stopped a stream; else it sees -1. */
  protected boolean tellsStopCodes() {
    return true;
  }

  /**
   * A way from one endpoint to another that can be made silent. Over UDP on this machine unless overridden, which is
   * for transports that are not on UDP.
   */
  protected Detour detour(Endpoint from, Endpoint target) {
    try {
      UdpRelay relay = UdpRelay.to(target.addr().ipAddresses().get(0), UdpRelay.fair());
      relays.push(relay);
      return new Detour(
          EndpointAddr.of(target.id(), List.of(relay.address())), () -> relay.set(UdpRelay.silence()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A way to an endpoint.
   *
   * @param address where the endpoint is dialled to go that way
   * @param silence lets nothing pass any more, in either direction
   */
  public record Detour(EndpointAddr address, Runnable silence) {}

  /** Closes what a test left open. */
  @AfterEach
  void closeEndpoints() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    while (!environments.isEmpty()) {
      environments.pop().close();
    }
    while (!relays.isEmpty()) {
      closeRelay(relays.pop());
    }
  }

  private static void closeRelay(UdpRelay relay) {
    try {
      relay.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new endpoint under a new identity, on the loopback interface. */
  final Endpoint bind(String node) {
    Environment environment = environment(node);
    return bind(config(EndpointSecret.random(environment.random()), 0, environment));
  }

  final EndpointConfig config(EndpointSecret secret, int port, Environment environment) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new EndpointConfig(secret, address, options(), environment);
  }

  final Endpoint bind(EndpointConfig config) {
    Endpoint endpoint = provider().bind(config);
    opened.push(endpoint);
    return endpoint;
  }

  /** Two new endpoints and a connection between them. */
  final Pair pair() {
    Endpoint one = bind("dialler");
    Endpoint two = bind("acceptor");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    return new Pair(one, two, dial(one, two), next(inbox));
  }

  final Connection dial(Endpoint from, Endpoint to) {
    return result("dialling", from.connect(to.addr(), PROTOCOL));
  }

  final Connection next(Inbox inbox) {
    until("an incoming connection", () -> !inbox.connections.isEmpty());
    return inbox.connections.remove();
  }

  final void until(String what, BooleanSupplier condition) {
    conditions().until(what, condition);
  }

  final <T> T result(String what, CompletionStage<T> stage) {
    try {
      return conditions().result(what, stage);
    } catch (DocsException e) {
      throw new AssertionError(what + " failed: " + e, e);
    }
  }

  /** What a stage failed with, which must be of a kind. */
  final <E extends Throwable> E failure(Class<E> kind, String what, CompletionStage<?> stage) {
    return assertInstanceOf(kind, conditions().failure(what, stage), what);
  }

  final TransportException failure(String what, CompletionStage<?> stage) {
    return failure(TransportException.class, what, stage);
  }

  /** Both sides of a new stream; its first byte, which announced it, is read already. */
  final StreamPair streams(Pair pair) {
    BidiStream here = result("opening a stream", pair.dialled.openBidi());
    write(here.send(), new byte[] {1});
    BidiStream there = result("accepting a stream", pair.accepted.acceptBidi());
    read(there.receive(), 1);
    return new StreamPair(here, there);
  }

  final void write(SendStream stream, byte[] data) {
    result("a write", stream.write(ByteBuffer.wrap(data)));
  }

  final void finish(SendStream stream) {
    result("the end of a stream", stream.finish());
  }

  /** The next so many bytes. */
  final byte[] read(ReceiveStream stream, int count) {
    ByteBuffer all = ByteBuffer.allocate(count);
    while (all.hasRemaining()) {
      Optional<ByteBuffer> data = result("a read", stream.read(all.remaining()));
      all.put(data.orElseThrow(() -> new AssertionError("the stream ended after " + all.position() + " bytes")));
    }
    return all.array();
  }

  /** All bytes up to the end. */
  final byte[] readAll(ReceiveStream stream) {
    return result("all bytes up to the end", Drain.of(stream));
  }

  /** Bytes of which no two neighbouring pieces are alike. */
  static byte[] pattern(int length, int salt) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((i + salt) * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return bytes;
  }

  /** Two endpoints and both sides of a connection. */
  record Pair(Endpoint one, Endpoint two, Connection dialled, Connection accepted) {
    List<Connection> sides() {
      return new ArrayList<>(List.of(dialled, accepted));
    }
  }

  /** Both sides of a bidirectional stream. */
  record StreamPair(BidiStream here, BidiStream there) {}

  /** Keeps incoming connections until the test asks for them. */
  static final class Inbox implements ConnectionHandler {
    private final ConcurrentLinkedQueue<Connection> connections = new ConcurrentLinkedQueue<>();

    @Override
    public void handle(Connection connection) {
      connections.add(connection);
    }

    boolean isEmpty() {
      return connections.isEmpty();
    }
  }
}
