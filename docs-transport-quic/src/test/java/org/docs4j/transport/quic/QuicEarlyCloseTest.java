package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are closed before the peer has confirmed the handshake, on a machine that is late with its timers. */
class QuicEarlyCloseTest {
  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private final AtomicBoolean gate = new AtomicBoolean();
  private final AtomicInteger answers = new AtomicInteger();

  @AfterEach
  void close() {
    nodes.close();
  }

  /** Lets the first datagram of the server pass, which ends the handshake for who dialled, and no other until told. */
  private UdpRelay.Fate onlyTheHandshake() {
    return (toServer, datagram, network) -> {
      if (toServer || gate.get() || answers.getAndIncrement() == 0) {
        network.deliver(datagram, 0);
      }
    };
  }

  /** Closes a connection in the event loop when it has been busy for so long that its timers are overdue. */
  private static CompletionStage<Void> closeLate(Connection connection) {
    return connection
        .openUni()
        .thenAccept(
            stream -> {
              stall();
              connection.close(42, "enough");
            });
  }

  private static void stall() {
    try {
      assertFalse(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void close_beforeTheConfirmation_returnsAndReachesThePeerLater(String io) throws Exception {
    Endpoint server = nodes.bind("disco=off", "io=" + io);
    server.accept(ECHO, accepted::add);
    try (UdpRelay proxy = UdpRelay.to(server.addr().ipAddresses().get(0), onlyTheHandshake())) {
      Endpoint client = nodes.bind("disco=off", "io=" + io);
      Connection dialled = await(client.connect(EndpointAddr.of(server.id(), List.of(proxy.address())), ECHO));
      Connection other = take(accepted);
      await(closeLate(dialled));
      assertEquals(new CloseInfo(CloseInfo.Kind.LOCAL, 42, "enough"), await(dialled.closed()));
      gate.set(true);
      assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 42, "enough"), await(other.closed()));
    }
  }

  @Test
  void close_withoutAConfirmation_reachesThePeerInTheEnd() throws Exception {
    Endpoint server = nodes.bind("disco=off");
    server.accept(ECHO, accepted::add);
    try (UdpRelay proxy = UdpRelay.to(server.addr().ipAddresses().get(0), onlyTheHandshake())) {
      Endpoint client = nodes.bind("disco=off");
      Connection dialled = await(client.connect(EndpointAddr.of(server.id(), List.of(proxy.address())), ECHO));
      Connection other = take(accepted);
      await(closeLate(dialled));
      assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 42, "enough"), await(other.closed()));
    }
  }

  @Test
  void farewell_withoutEnd_isGivenUp() {
    Farewell farewell = new Farewell();
    Segments segments = new Segments(44, farewell);
    farewell.close(
        () -> {
          for (int i = 0; i < 1 << 14; i++) {
            assertEquals(44, segments.maxNumSegments());
          }
          assertThrows(IllegalStateException.class, segments::maxNumSegments);
        });
    for (int i = 0; i < 1 << 16; i++) {
      assertEquals(44, segments.maxNumSegments(), "at any other time there is no limit");
    }
  }
}
