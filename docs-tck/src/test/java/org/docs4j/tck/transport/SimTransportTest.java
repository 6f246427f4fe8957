package org.docs4j.tck.transport;

import java.time.Duration;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.TransportProvider;
import org.docs4j.tck.TransportVerification;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.tck.sim.Latency;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;
import org.junit.jupiter.api.Nested;

/** The simulated network keeps the rules of the seam that it simulates. */
class SimTransportTest {
  private static final int STREAMS = 1000;
  private static final int FEW_STREAMS = 64;

  private static TransportVerification.Detour cutOff(SimNetwork network, Endpoint from, Endpoint target) {
    return new TransportVerification.Detour(target.addr(), () -> network.firewall().drop(from.id(), target.id()));
  }

  @Nested
  class InVirtualTime extends TransportVerification {
    private final SimEnvironment sim = SimEnvironment.create();
    private final SimNetwork network =
        SimNetwork.virtual(sim, SimNetworkConfig.defaults().withStreams(STREAMS));

    @Override
    protected TransportProvider provider() {
      return network.provider();
    }

    @Override
    protected Detour detour(Endpoint from, Endpoint target) {
      return cutOff(network, from, target);
    }

    @Override
    protected Environment environment(String node) {
      return sim.environment(node);
    }

    @Override
    protected Conditions conditions() {
      return sim.conditions();
    }
  }

  /** Small pieces that overtake each other, through windows that are hardly larger. */
  @Nested
  class InVirtualTimeWithNarrowWindows extends TransportVerification {
    private final SimEnvironment sim = SimEnvironment.create();
    private final SimNetwork network =
        SimNetwork.virtual(
            sim,
            SimNetworkConfig.defaults()
                .withLatency(Latency.between(Duration.ofNanos(1), Duration.ofMillis(2)))
                .withWindows(4000, 10_000)
                .withFrame(777)
                .withStreams(FEW_STREAMS));

    @Override
    protected TransportProvider provider() {
      return network.provider();
    }

    @Override
    protected int streamsAtOnce() {
      return FEW_STREAMS;
    }

    @Override
    protected Detour detour(Endpoint from, Endpoint target) {
      return cutOff(network, from, target);
    }

    @Override
    protected Environment environment(String node) {
      return sim.environment(node);
    }

    @Override
    protected Conditions conditions() {
      return sim.conditions();
    }
  }

  @Nested
  class OnRealThreads extends TransportVerification {
    private final Environment wire = Environment.system();
    private final SimNetwork network =
        SimNetwork.realTime(
            wire,
            SimNetworkConfig.instant()
                .withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1))
                .withStreams(STREAMS));

    @Override
    protected TransportProvider provider() {
      return network.provider();
    }

    @Override
    protected Detour detour(Endpoint from, Endpoint target) {
      return cutOff(network, from, target);
    }
  }
}
