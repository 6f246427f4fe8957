package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.Test;

/** Peers that take no datagrams (RFC 9221), so that nothing can be asked of them. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: whether it was dialled shows at the other end.
class QuicBarePeerTest {
  private static final long ONE_WAY_MILLIS = 2000;

  /** The library alone would wait for three of its time-outs, which are long on a long way. */
  @Test
  void when_aLongWayToAPeerWithoutDatagramsIsCut_then_itIsNoticedWithin15Seconds() throws Exception {
    Forger forger = new Forger();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    UdpRelay.Fate slow = (toServer, datagram, way) -> way.deliver(datagram, ONE_WAY_MILLIS);
    try (Nodes nodes = new Nodes();
        BareClient bare = new BareClient(new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge()))) {
      Endpoint server = nodes.bind("connect-timeout=30s", "disco=off");
      server.accept(ECHO, accepted::add);
      try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), slow)) {
        bare.dial(relay.address(), true);
        Connection connection = take(accepted);
        relay.set(UdpRelay.silence());
        long cut = System.nanoTime();
        assertEquals(CloseInfo.Kind.TIMED_OUT, await(connection.closed()).kind());
        Duration noticed = Duration.ofNanos(System.nanoTime() - cut);
        // What was under way arrives after the cut.
        Duration limit = Duration.ofSeconds(15).plusMillis(ONE_WAY_MILLIS);
        assertTrue(noticed.compareTo(limit) < 0, noticed::toString);
      }
    }
  }
}
