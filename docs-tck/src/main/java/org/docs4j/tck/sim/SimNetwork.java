package org.docs4j.tck.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.TransportProvider;

/**
 * The transport seam without a network: any number of endpoints in one process, which reach only each other.
 *
 * <p>In virtual time ({@link #virtual}) everything happens while the simulation runs, and closing an endpoint does not
 * wait; on real time ({@link #realTime}) the same code serves tests that block. Stages are completed by a serial
 * executor of the endpoint's own environment. Safe to use from any thread.
 *
 * <p>It is stricter than a real network where the seam leaves room: bytes that were not read when a connection ends are
 * gone, and a read gives no more than what travelled together.
 */
public final class SimNetwork implements AutoCloseable {
  private static final int FIRST_PORT = 40_000;

  private final Object lock = new Object();
  private final Environment environment;
  private final SerialExecutor wire;
  private final SimNetworkConfig config;
  private final boolean virtual;
  private final Firewall firewall = new Firewall(this);
  private final Map<InetSocketAddress, SimEndpoint> bound = new LinkedHashMap<>();
  private final Set<SimEndpoint> endpoints = new LinkedHashSet<>();
  private final Map<EndpointId, InetSocketAddress> homes = new HashMap<>();
  private int hosts;
  private int ports = FIRST_PORT;

  private SimNetwork(Environment environment, SimNetworkConfig config, boolean virtual) {
    this.environment = environment;
    this.wire = environment.executor().serial("sim-network");
    this.config = config;
    this.virtual = virtual;
  }

  /** A network in virtual time, with {@link SimNetworkConfig#defaults()}. */
  public static SimNetwork virtual(SimEnvironment sim) {
    return virtual(sim, SimNetworkConfig.defaults());
  }

  /** A network in virtual time. */
  public static SimNetwork virtual(SimEnvironment sim, SimNetworkConfig config) {
    return new SimNetwork(sim.environment("sim-network"), config, true);
  }

  /**
   * A network on real threads.
   *
   * @param environment whose clock and threads carry what is sent; owned by the caller, closed after the network
   * @param config for instance {@link SimNetworkConfig#instant()}
   */
  public static SimNetwork realTime(Environment environment, SimNetworkConfig config) {
    return new SimNetwork(environment, config, false);
  }

  /** Binds an endpoint at an address of its own; at the same one as before if its id was bound before. */
  public Endpoint endpoint(EndpointSecret secret, Environment node) {
    return provider().bind(new EndpointConfig(secret, new InetSocketAddress(0), Map.of(), node));
  }

  /** Binds endpoints on this network; its name is {@code sim}, it has no options. */
  public TransportProvider provider() {
    return new SimTransportProvider(this);
  }

  /** What passes from whom to whom. */
  public Firewall firewall() {
    return firewall;
  }

  /**
   * Ends all endpoints of an id without a word, as when the machine loses its power. What they wait for fails; their
   * peers learn of it by their time-outs. What else runs on that node is ended by {@link SimEnvironment#crash}.
   */
  public void kill(EndpointId id) {
    locked(() -> endpointsOf(id).forEach(SimEndpoint::kill));
  }

  /** Ends all connections between two endpoints with an error, at once and on both sides. */
  public void cut(EndpointId one, EndpointId other) {
    CloseInfo info = new CloseInfo(CloseInfo.Kind.FAILED, -1, "the connection was cut");
    locked(
        () -> {
          endpointsOf(one).forEach(endpoint -> endpoint.connectionsTo(other).forEach(connection -> connection.lost(info)));
          endpointsOf(other).forEach(endpoint -> endpoint.connectionsTo(one).forEach(connection -> connection.lost(info)));
        });
  }

  /** How many connections there are, each counted once for each side that has not ended. */
  public int connections() {
    synchronized (lock) {
      return endpoints.stream().mapToInt(endpoint -> endpoint.connections().size()).sum();
    }
  }

  /** Kills all endpoints. */
  @Override
  public void close() {
    locked(() -> List.copyOf(endpoints).forEach(SimEndpoint::kill));
    wire.close();
  }

  SimEndpoint bind(EndpointConfig wanted) {
    if (!wanted.options().isEmpty()) {
      throw new TransportException("the simulated transport has no option " + wanted.options().keySet());
    }
    synchronized (lock) {
      InetSocketAddress address = addressFor(wanted);
      if (bound.containsKey(address)) {
        throw new AddressInUseException(address + " is in use");
      }
      SimEndpoint endpoint = new SimEndpoint(this, wanted, address);
      bound.put(address, endpoint);
      endpoints.add(endpoint);
      homes.put(endpoint.id(), address);
      return endpoint;
    }
  }

  private InetSocketAddress addressFor(EndpointConfig wanted) {
    boolean anyHost = wanted.bind().getAddress().isAnyLocalAddress();
    InetSocketAddress home = homes.get(wanted.secret().id());
    if (anyHost && wanted.bind().getPort() == 0 && home != null && !bound.containsKey(home)) {
      return home;
    }
    InetAddress host = anyHost ? nextHost() : wanted.bind().getAddress();
    int port = wanted.bind().getPort() == 0 ? ++ports : wanted.bind().getPort();
    return new InetSocketAddress(host, port);
  }

  private InetAddress nextHost() {
    hosts++;
    try {
      return InetAddress.getByAddress(new byte[] {10, (byte) (hosts >> 16), (byte) (hosts >> 8), (byte) hosts});
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /** Frees the address, while the endpoint still comes to its end. */
  void unbind(SimEndpoint endpoint) {
    bound.remove(endpoint.address(), endpoint);
  }

  void forget(SimEndpoint endpoint) {
    endpoints.remove(endpoint);
  }

  Optional<SimEndpoint> boundAt(InetSocketAddress address) {
    return Optional.ofNullable(bound.get(address));
  }

  List<SimEndpoint> boundAs(EndpointId id) {
    return bound.values().stream().filter(endpoint -> endpoint.id().equals(id)).toList();
  }

  private List<SimEndpoint> endpointsOf(EndpointId id) {
    return endpoints.stream().filter(endpoint -> endpoint.id().equals(id)).toList();
  }

  void firewallChanged() {
    List.copyOf(endpoints).forEach(endpoint -> endpoint.connections().forEach(SimConnection::refreshLink));
  }

  boolean blocks(EndpointId from, EndpointId to) {
    return firewall.blocks(from, to);
  }

  SimNetworkConfig config() {
    return config;
  }

  /** Whether a caller that is to wait may be made to. */
  boolean mayBlock() {
    return !virtual;
  }

  long now() {
    return environment.ticker().nanos();
  }

  /** When something that is sent now arrives. */
  long arrival(EndpointId from, EndpointId to) {
    return now() + Math.max(0, config.latency().next(from, to, environment.random()).toNanos());
  }

  /** Does something under the lock when the time has come. */
  Cancellable at(long time, Runnable task) {
    return after(Duration.ofNanos(Math.max(0, time - now())), task);
  }

  /** Does something under the lock after a time. */
  Cancellable after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      wire.execute(() -> locked(task));
      return () -> {};
    }
    return environment.executor().schedule(delay, wire, () -> locked(task));
  }

  Object lock() {
    return lock;
  }

  void locked(Runnable task) {
    synchronized (lock) {
      task.run();
    }
  }
}
