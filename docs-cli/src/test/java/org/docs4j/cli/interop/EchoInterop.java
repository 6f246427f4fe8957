package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.transport.quic.QuicTransportProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bare connections between endpoints of ours and real ones of every release, both ways. */
class EchoInterop extends Interop {
  private static final Alpn ECHO = new Alpn("docs4j/echo");
  private static final int MOST = 1 << 16;

  /** For longer than a connection may be silent. */
  private static final Duration QUIET = Duration.ofSeconds(13);
  private static final Duration NOTICED = Duration.ofSeconds(15);
  private static final Conditions PATIENT = Conditions.realTime(Duration.ofSeconds(30));

  private Endpoint endpoint() {
    Endpoint endpoint =
        new QuicTransportProvider()
            .bind(
                new EndpointConfig(
                    EndpointSecret.random(environment.random()), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Map.of(), environment));
    closeLater(endpoint);
    return endpoint;
  }

  private static byte[] read(ReceiveStream stream) {
    byte[] all = new byte[0];
    for (var part = PATIENT.result("a read", stream.read(MOST)); part.isPresent(); part = PATIENT.result("a read", stream.read(MOST))) {
      byte[] next = new byte[all.length + part.get().remaining()];
      System.arraycopy(all, 0, next, 0, all.length);
      part.get().get(next, all.length, next.length - all.length);
      all = next;
    }
    return all;
  }

  private static void say(BidiStream stream, String text) {
    stream.send().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    stream.send().finish();
  }

  /** Answers the first stream of a connection as the real nodes' echo does. */
  private void echo(Connection connection) {
    environment
        .executor()
        .io()
        .execute(
            () -> {
              BidiStream stream = PATIENT.result("a stream", connection.acceptBidi());
              say(stream, "echo:" + new String(read(stream.receive()), StandardCharsets.UTF_8));
            });
  }

  private static String ask(Endpoint endpoint, EndpointAddr peer, String text) {
    return ask(PATIENT.result("a connection", endpoint.connect(peer, ECHO)), text);
  }

  private static String ask(Connection connection, String text) {
    BidiStream stream = PATIENT.result("a stream", connection.openBidi());
    say(stream, text);
    return new String(read(stream.receive()), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CURRENT")
  void when_weDialARealEndpoint_then_itAnswers(PeerKind kind) throws IOException {
    RealPeer peer = real(kind, "alpn", ECHO.name());

    assertEquals("echo:hello", ask(endpoint(), peer.addr(), "hello"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CURRENT")
  void when_aRealEndpointDialsUs_then_itHearsUs(PeerKind kind) throws IOException {
    RealPeer peer = real(kind, "alpn", ECHO.name());
    Endpoint ours = endpoint();
    ours.accept(ECHO, this::echo);
    String address = "127.0.0.1:" + ours.addr().ipAddresses().get(0).getPort();

    String heard = peer.ask("dialEcho", "peer", ours.id().toString(), "address", address, "alpn", ECHO.name(), "text", "hello").asText();

    assertEquals("echo:hello", heard);
  }

  private static void assertLivesUntilKilled(Connection connection, RealPeer peer) throws InterruptedException {
    CompletableFuture<CloseInfo> closed = connection.closed().toCompletableFuture();
    assertFalse(PATIENT.holdsWithin(QUIET, closed::isDone), () -> "a quiet connection ended: " + closed.join());
    if (connection.dialled()) {
      assertEquals("echo:still here", ask(connection, "still here"));
    }
    peer.kill();
    assertTrue(PATIENT.holdsWithin(NOTICED, closed::isDone), "the end of a real node is noticed");
    assertEquals(CloseInfo.Kind.TIMED_OUT, closed.join().kind());
  }

  /** Real nodes send PINGs by themselves, and are asked for an answer if they take datagrams. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CURRENT")
  void when_aRealEndpointThatWeDialledIsQuietAndThenKilled_then_weNoticeTheSecondOnly(PeerKind kind) throws Exception {
    RealPeer peer = real(kind, "alpn", ECHO.name());
    Connection connection = PATIENT.result("a connection", endpoint().connect(peer.addr(), ECHO));
    assertEquals("echo:hello", ask(connection, "hello"));

    assertLivesUntilKilled(connection, peer);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CURRENT")
  void when_aRealEndpointThatDialledUsIsQuietAndThenKilled_then_weNoticeTheSecondOnly(PeerKind kind) throws Exception {
    RealPeer peer = real(kind, "alpn", ECHO.name());
    Endpoint ours = endpoint();
    CompletableFuture<Connection> accepted = new CompletableFuture<>();
    ours.accept(
        ECHO,
        connection -> {
          echo(connection);
          accepted.complete(connection);
        });
    String address = "127.0.0.1:" + ours.addr().ipAddresses().get(0).getPort();
    peer.ask("dialEcho", "peer", ours.id().toString(), "address", address, "alpn", ECHO.name(), "text", "hello");

    assertLivesUntilKilled(PATIENT.result("a connection", accepted), peer);
  }

  @Test
  void when_twoEndpointsOfOursMeetThroughARealOne_then_eachTakesItForTheOther() throws IOException {
    RealPeer between = goBetween();
    EndpointAddr middle = RealPeer.addr(between.ask("proxy", "alpns", List.of(ECHO.name())));
    Endpoint left = endpoint();
    Endpoint right = endpoint();
    right.accept(ECHO, this::echo);
    between.ask("proxyLink", "x", RealPeer.peer(left.addr()), "y", RealPeer.peer(right.addr()));

    assertEquals("echo:through", ask(left, middle, "through"));
    String recorded = between.ask("proxyLog").toString();
    assertTrue(recorded.contains(hex("through")) && recorded.contains(hex("echo:through")), recorded);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
