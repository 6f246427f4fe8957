package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
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

  private ComingStreams fill(Alpn protocol) {
    for (int i = 0; i < SIZE; i++) {
      node.set(Entries.AUTHORS.get(0), "key " + i, "content");
    }
    return new ComingStreams(sim, peer, protocol);
  }

  /** How many parts the first message of a session has that ends after it. */
  private int parts(ComingStreams coming) {
    return parts(coming, true);
  }

  private int parts(ComingStreams coming, boolean endsWell) {
    CompletableFuture<SessionResult> result = node.sessions.dial(node.endpoint, peer.addr(), Entries.NAMESPACE.id());
    BidiStream stream = coming.next();
    SyncMessage.Init init = assertInstanceOf(SyncMessage.Init.class, node.message(stream).orElseThrow());
    if (endsWell) {
      node.await(stream.send().finish().toCompletableFuture());
    } else {
      stream.send().reset(0);
    }
    assertEquals(endsWell, node.await(result).failure().isEmpty());
    return init.message().parts().size();
  }

  @Test
  void when_aPeerIsDialled_then_aLargeDocumentIsSplitAlready() {
    ComingStreams coming = fill(SessionContext.SHARED);
    assertTrue(parts(coming) > 2);
  }

  @Test
  void when_theDocumentWasSyncedOverTheConnection_then_oneFingerprintIsEnough() {
    ComingStreams coming = fill(SessionContext.SHARED);
    parts(coming);
    assertEquals(1, parts(coming));
    assertEquals(1, coming.connections);
  }

  @Test
  void when_theSessionsBeforeFailed_then_theFirstMessageIsSplit() {
    ComingStreams coming = fill(SessionContext.SHARED);
    parts(coming, false);
    assertTrue(parts(coming) > 2);
    assertEquals(1, coming.connections);
  }

  @Test
  void when_thePeerTakesOneSessionAConnection_then_eachFirstMessageIsSplit() {
    ComingStreams coming = fill(SessionContext.ALPN);
    List<Integer> sizes = List.of(parts(coming), parts(coming));
    assertTrue(sizes.stream().allMatch(size -> size > 2), sizes.toString());
    assertEquals(2, coming.connections);
  }
}
