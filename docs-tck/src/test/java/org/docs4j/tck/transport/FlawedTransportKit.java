package org.docs4j.tck.transport;

import java.util.EnumSet;
import java.util.Set;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.TransportProvider;
import org.docs4j.tck.TransportVerification;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/** The kit over flawed transports; not run by itself but by the kit's own test, which says with which flaw. */
final class FlawedTransportKit extends TransportVerification {
  /** What is wrong with the transport. */
  static final Set<TransportFlaw> FLAWS = EnumSet.noneOf(TransportFlaw.class);

  private final SimEnvironment sim = SimEnvironment.seeded(1);
  private final SimNetwork network =
      SimNetwork.virtual(sim, SimNetworkConfig.defaults().withStreams(1000));
  private final TransportProvider provider = new FlawedProvider(network.provider(), FLAWS);

  @Override
  protected TransportProvider provider() {
    return provider;
  }

  @Override
  protected Environment environment(String node) {
    return sim.environment(node);
  }

  @Override
  protected Conditions conditions() {
    return sim.conditions();
  }

  @Override
  protected Detour detour(Endpoint from, Endpoint target) {
    return new Detour(target.addr(), () -> network.firewall().drop(from.id(), target.id()));
  }

  @Override
  protected long maxBufferedBytes() {
    return 4 << 20;
  }
}
