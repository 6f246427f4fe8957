package org.docs4j.tck.sim;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a peer: there and back for the dialling side, once more there for the accepting side; what is not
 * answered is sent again until time runs out. Guarded by the network's lock.
 */
final class Dial {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final SimNetwork network;
  private final SimEndpoint dialler;
  private final EndpointId peer;
  private final List<Alpn> protocols;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final CompletableFuture<Connection> stage = new CompletableFuture<>();
  private String elsewhere = "";
  private boolean over;
  private @Nullable Cancellable timer;

  Dial(SimNetwork network, SimEndpoint dialler, EndpointId peer, List<Alpn> protocols, Collection<TransportAddr> addresses) {
    this.network = network;
    this.dialler = dialler;
    this.peer = peer;
    this.protocols = protocols;
    for (TransportAddr address : addresses) {
      if (address instanceof TransportAddr.Ip ip) {
        this.addresses.add(ip.address());
      }
    }
  }

  CompletionStage<Connection> start() {
    if (peer.equals(dialler.id())) {
      fail("an endpoint does not dial itself");
    } else if (addresses.isEmpty() && !network.config().discovery()) {
      fail("no address of " + peer.shortText() + " is known");
    } else {
      Duration limit = network.config().dialTimeout();
      timer = network.after(limit, () -> fail(peer.shortText() + " did not answer within " + limit + elsewhere));
      hello();
    }
    return stage;
  }

  void fail(String reason) {
    fail(new TransportException(reason));
  }

  private void fail(TransportException reason) {
    if (end()) {
      dialler.run(() -> stage.completeExceptionally(reason));
    }
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    dialler.forget(this);
    Cancellable running = timer;
    if (running != null) {
      running.cancel();
    }
    return first;
  }

  private void hello() {
    if (over) {
      return;
    }
    Optional<SimEndpoint> target = target();
    if (target.isEmpty() || network.blocks(dialler.id(), target.get().id())) {
      network.after(AGAIN, this::hello);
      return;
    }
    SimEndpoint reached = target.get();
    network.at(network.arrival(dialler.id(), reached.id()), () -> arrived(reached));
  }

  /** Who is at the addresses: the peer itself before anybody else. */
  private Optional<SimEndpoint> target() {
    List<SimEndpoint> there = new ArrayList<>();
    addresses.forEach(address -> network.boundAt(address).ifPresent(there::add));
    if (network.config().discovery()) {
      there.addAll(network.boundAs(peer));
    }
    return there.stream()
        .filter(endpoint -> endpoint.id().equals(peer))
        .findFirst()
        .or(() -> there.stream().findFirst());
  }

  private void arrived(SimEndpoint reached) {
    if (reached.isClosed() || network.blocks(reached.id(), dialler.id())) {
      network.after(AGAIN, this::hello);
    } else {
      network.at(network.arrival(reached.id(), dialler.id()), () -> answered(reached));
    }
  }

  private void answered(SimEndpoint reached) {
    if (over) {
      return;
    }
    if (!reached.id().equals(peer)) {
      answeredBySomebodyElse();
    } else if (reached.isClosed()) {
      network.after(AGAIN, this::hello);
    } else {
      Optional<Alpn> agreed = reached.takes(protocols);
      if (agreed.isEmpty()) {
        fail(peer.shortText() + " does not speak " + what());
        return;
      }
      end();
      SimConnection connection = SimConnection.between(network, dialler, reached, agreed.get());
      dialler.run(() -> stage.complete(connection));
    }
  }

  private String what() {
    return protocols.stream().map(Alpn::name).collect(Collectors.joining(" or "));
  }

  /** The peer itself may be at an address where nobody answers yet. */
  private void answeredBySomebodyElse() {
    PeerIdentityException.Reason reason = PeerIdentityException.Reason.ANOTHER_PEER;
    if (addresses.stream().allMatch(address -> network.boundAt(address).isPresent())) {
      fail(
          new PeerIdentityException(
              reason, "cannot reach peer " + peer.shortText() + " for " + what() + ": " + reason.sentence()));
    } else {
      elsewhere = "; at one of its addresses " + reason.sentence();
      network.after(AGAIN, this::hello);
    }
  }
}
