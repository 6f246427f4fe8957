package org.docs4j.transport.quic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.tck.sim.Conditions;

/** Endpoints on 127.0.0.1 for tests, and the waiting that they need. */
final class Nodes implements AutoCloseable {
  static final Alpn ECHO = new Alpn("test/echo");
  private static final long SECONDS = 20;

  private final Environment environment = Environment.system();
  private final List<Endpoint> endpoints = new ArrayList<>();

  Endpoint bind(String... options) {
    return bind(EndpointSecret.random(environment.random()), loopback(0), options);
  }

  Endpoint bind(EndpointSecret secret, InetSocketAddress address, String... options) {
    Map<String, String> map = new TreeMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      map.put(option.substring(0, equals), option.substring(equals + 1));
    }
    Endpoint endpoint = new QuicTransportProvider().bind(new EndpointConfig(secret, address, map, environment));
    endpoints.add(endpoint);
    return endpoint;
  }

  Environment environment() {
    return environment;
  }

  static InetSocketAddress loopback(int port) {
    return address(port, 127, 0, 0, 1);
  }

  static InetSocketAddress address(int port, int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The two ends of a connection.
   *
   * @param dialled the end that dialled
   * @param accepted the end that accepted
   */
  record Pair(Connection dialled, Connection accepted) {}

  /** Connects two new endpoints. */
  Pair pair(String... options) throws Exception {
    Endpoint server = bind(options);
    Endpoint client = bind(options);
    return connect(client, server);
  }

  static Pair connect(Endpoint client, Endpoint server) throws Exception {
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    Alpn alpn = new Alpn("test/pair-" + System.identityHashCode(accepted));
    server.accept(alpn, accepted::add);
    Connection dialled = await(client.connect(server.addr(), alpn));
    return new Pair(dialled, take(accepted));
  }

  static <T> T take(LinkedBlockingQueue<T> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(SECONDS, TimeUnit.SECONDS)).orElseThrow();
  }

  static <T> T await(CompletionStage<T> stage) throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Why a stage fails. */
  static Throwable failure(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
    try {
      Object value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("did not fail but gave " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  static void until(BooleanSupplier condition) {
    Conditions.realTime().until("what the test waits for", condition);
  }

  static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Reads a stream to its end. */
  static byte[] readAll(ReceiveStream stream) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<ByteBuffer> part = await(stream.read(65_536)); part.isPresent(); part = await(stream.read(65_536))) {
      all.write(part.get().array(), part.get().arrayOffset() + part.get().position(), part.get().remaining());
    }
    return all.toByteArray();
  }

  static String readText(ReceiveStream stream) throws Exception {
    return new String(readAll(stream), UTF_8);
  }

  @Override
  public void close() {
    endpoints.forEach(Endpoint::close);
    environment.close();
  }
}
