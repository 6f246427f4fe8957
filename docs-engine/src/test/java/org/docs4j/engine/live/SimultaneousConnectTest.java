package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.Query;
import org.docs4j.api.SyncReport;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.convergence.Cases;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.Latency;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;
import org.junit.jupiter.api.Test;

/** Two nodes that dial each other at the same moment (WIRE 4.8): one session counts, and nobody reports a failure. */
class SimultaneousConnectTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();

  /** Two nodes with entries of their own, and a network whose latencies are drawn from the seed. */
  private static final class Pair {
    final Random random;
    final SimEnvironment sim;
    final SimNetwork network;
    final List<LiveNode> nodes = new ArrayList<>();
    final List<LiveEvents> events = new ArrayList<>();
    final List<List<SyncReport>> reports = List.of(new ArrayList<>(), new ArrayList<>());

    /** Latencies from the shortest one to so many times as much. */
    Pair(long seed, int spread) {
      random = new Random(seed);
      sim = SimEnvironment.seeded(seed);
      Duration least = Duration.ofMillis(1 + random.nextInt(40));
      Latency latency = Latency.between(least, least.multipliedBy(spread));
      network = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withLatency(latency));
      Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
      for (int i = 0; i < 2; i++) {
        // A swarm of its own: nobody becomes a neighbour, so that no further session follows from that.
        LiveNode node = new LiveNode(sim, network, new SwarmHub(), contents, "node " + i);
        for (int entries = random.nextInt(40); entries > 0; entries--) {
          node.set(Entries.AUTHORS.get(random.nextInt(3)), "key " + random.nextInt(30));
        }
        nodes.add(node);
        events.add(node.live.subscribe(DOC));
      }
    }

    void dialEachOther() {
      List<CompletableFuture<Boolean>> started = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        started.add(nodes.get(i).live.startSync(DOC, List.of(nodes.get(1 - i).endpoint.addr())));
      }
      started.forEach(nodes.get(0)::await);
      sim.run(Duration.ofMinutes(2));
      for (int i = 0; i < 2; i++) {
        LiveEvents all = events.get(i);
        for (Optional<LiveEvent> event = all.poll(Duration.ZERO); event.isPresent(); event = all.poll(Duration.ZERO)) {
          if (event.get() instanceof LiveEvent.SyncFinished finished) {
            reports.get(i).add(finished.report());
          }
        }
      }
    }

    List<SignedEntry> entries(int node) {
      LiveNode of = nodes.get(node);
      return of.await(of.sync.getPage(DOC, Query.all().withEmpty(), Optional.empty(), 1000));
    }

    void assertEqualWithoutFailure() {
      reports.forEach(of -> assertTrue(of.stream().allMatch(SyncReport::succeeded), () -> "reports: " + reports));
      assertEquals(entries(0), entries(1));
      assertEquals(0, network.connections());
    }
  }

  @Test
  void when_dialsCross_then_theSessionOfTheSmallerIdIsTheOnlyOne() {
    Cases.run(
        "dials that cross",
        100,
        seed -> {
          try (LogWatch log = new LogWatch("org.docs4j.engine.session")) {
            Pair pair = new Pair(seed, 2);
            pair.dialEachOther();
            assertTrue(log.said("declined to sync", "ALREADY_SYNCING"), "the dials did not cross");
            int small = pair.nodes.get(0).endpoint.id().compareTo(pair.nodes.get(1).endpoint.id()) < 0 ? 0 : 1;
            assertEquals(
                List.of(Origin.DIRECT_JOIN), pair.reports.get(small).stream().map(SyncReport::origin).toList());
            assertEquals(
                List.of(Origin.ACCEPT), pair.reports.get(1 - small).stream().map(SyncReport::origin).toList());
            pair.assertEqualWithoutFailure();
          }
        });
  }

  /** One dial may overtake the other one by so much that its session is over when the other one arrives, which is one more. */
  @Test
  void when_oneDialOvertakesTheOther_then_bothSidesReportTheSameSessions() {
    Cases.run(
        "dials of any speed",
        100,
        seed -> {
          Pair pair = new Pair(seed, 30);
          pair.dialEachOther();
          List<Origin> here = pair.reports.get(0).stream().map(SyncReport::origin).sorted().toList();
          List<Origin> there = pair.reports.get(1).stream().map(SyncReport::origin).sorted().toList();
          assertEquals(here.size(), there.size(), () -> "reports: " + pair.reports);
          pair.assertEqualWithoutFailure();
        });
  }
}
