package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

/** Whom a node would dial after a restart: those that were useful, not whoever came last with nothing. */
class RememberedPeersTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Author AUTHOR = Entries.AUTHORS.get(0);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SwarmHub hub = new SwarmHub();
  private final Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
  private final LiveNode alice = node("alice");

  private LiveNode node(String name) {
    return new LiveNode(sim, network, hub, contents, name);
  }

  /** Has a node sync with alice by itself, for long enough that all is said. */
  private void join(LiveNode peer) {
    peer.await(peer.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
  }

  private List<EndpointAddr> remembered() {
    List<EndpointAddr> peers = new ArrayList<>(alice.await(alice.sync.syncPeers(DOC)));
    peers.sort(Comparator.comparing(EndpointAddr::id));
    return peers;
  }

  @Test
  void when_strangersComeWithEmptySessions_then_peersThatTheApplicationNamedStay() {
    Set<EndpointAddr> named = new TreeSet<>(Comparator.comparing(EndpointAddr::id));
    for (int i = 0; i < 5; i++) {
      LiveNode friend = node("friend " + i);
      friend.start();
      alice.await(alice.live.startSync(DOC, List.of(friend.endpoint.addr())));
      sim.run(Duration.ofSeconds(5));
      named.add(friend.endpoint.addr());
    }
    assertEquals(List.copyOf(named), remembered());
    for (int i = 0; i < 6; i++) {
      join(node("stranger " + i));
    }
    assertEquals(List.copyOf(named), remembered());
  }

  @Test
  void when_peersComeByThemselves_then_thoseThatMovedSomethingGoBeforeThoseThatDidNot() {
    alice.start();
    LiveNode first = node("first");
    LiveNode second = node("second");
    join(first);
    join(second);
    assertEquals(List.of(first.endpoint.id(), second.endpoint.id()), alice.remembered(), "there is room");
    hub.dropping = true;
    LiveNode writer = node("writer");
    writer.set(AUTHOR, "key");
    join(writer);
    assertEquals(1, alice.entries());
    assertEquals(writer.endpoint.id(), alice.remembered().get(0));
  }
}
