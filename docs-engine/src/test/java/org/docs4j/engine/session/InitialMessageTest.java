package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

/** How finely a node describes what it has, in the first message of a session that it begins. */
class InitialMessageTest {
  private static final int SIZE = 2000;

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  private final Environment environment = sim.environment("peer");
  private final Endpoint peer = network.endpoint(EndpointSecret.random(environment.random()), environment);
  private final Deque<BidiStream> streams = new ArrayDeque<>();
  private int connections;

  private void accept(Connection connection) {
    connections++;
    takeNext(connection);
  }

  private void takeNext(Connection connection) {
    connection.acceptBidi().thenAccept(stream -> {
      streams.add(stream);
      takeNext(connection);
    });
  }

  private void fill(Alpn protocol) {
    peer.accept(protocol, this::accept);
    for (int i = 0; i < SIZE; i++) {
      node.set(Entries.AUTHORS.get(0), "key " + i, "content");
    }
  }

  /** How many parts the first message of a session has that ends after it. */
  private int parts() {
    return parts(true);
  }

  private int parts(boolean endsWell) {
    CompletableFuture<SessionResult> result = node.sessions.dial(node.endpoint, peer.addr(), Entries.NAMESPACE.id());
    sim.runUntil(() -> !streams.isEmpty(), Duration.ofMinutes(1));
    BidiStream stream = streams.removeFirst();
    SyncMessage.Init init = assertInstanceOf(SyncMessage.Init.class, SyncMessageCodec.decode(frame(stream)));
    if (endsWell) {
      node.await(stream.send().finish().toCompletableFuture());
    } else {
      stream.send().reset(0);
    }
    assertEquals(endsWell, node.await(result).failure().isEmpty());
    return init.message().parts().size();
  }

  private byte[] frame(BidiStream stream) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (received.size() < 4 || ByteBuffer.wrap(received.toByteArray()).getInt() > received.size() - 4) {
      ByteBuffer read = node.await(stream.receive().read(1 << 16).toCompletableFuture()).orElseThrow();
      byte[] bytes = new byte[read.remaining()];
      read.get(bytes);
      received.writeBytes(bytes);
    }
    return Arrays.copyOfRange(received.toByteArray(), 4, received.size());
  }

  @Test
  void when_aPeerIsDialled_then_aLargeDocumentIsSplitAlready() {
    fill(SessionContext.SHARED);
    assertTrue(parts() > 2);
  }

  @Test
  void when_theDocumentWasSyncedOverTheConnection_then_oneFingerprintIsEnough() {
    fill(SessionContext.SHARED);
    parts();
    assertEquals(1, parts());
    assertEquals(1, connections);
  }

  @Test
  void when_theSessionsBeforeFailed_then_theFirstMessageIsSplit() {
    fill(SessionContext.SHARED);
    parts(false);
    assertTrue(parts() > 2);
    assertEquals(1, connections);
  }

  @Test
  void when_thePeerTakesOneSessionAConnection_then_eachFirstMessageIsSplit() {
    fill(SessionContext.ALPN);
    List<Integer> sizes = List.of(parts(), parts());
    assertTrue(sizes.stream().allMatch(size -> size > 2), sizes.toString());
    assertEquals(2, connections);
  }
}
