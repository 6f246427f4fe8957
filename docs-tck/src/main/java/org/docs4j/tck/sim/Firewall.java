package org.docs4j.tck.sim;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.docs4j.api.model.EndpointId;

/**
 * What a simulated network lets pass. At first everything; rules hold for connections that exist and for those to come,
 * and stay when an endpoint is closed and bound again under its id.
 *
 * <p>What may not pass is not lost: as with packets that are sent again until they arrive, it goes on its way when the
 * way is free again, unless a time-out has ended the connection before. Safe to use from any thread.
 */
public final class Firewall {
  private final SimNetwork network;
  private final Set<Way> blocked = new LinkedHashSet<>();

  Firewall(SimNetwork network) {
    this.network = network;
  }

  /** Lets nothing pass any more from one endpoint to another; what goes the other way is not affected. */
  public void dropOneWay(EndpointId from, EndpointId to) {
    change(() -> blocked.add(new Way(from, to)));
  }

  /** Lets nothing pass any more between two endpoints. */
  public void drop(EndpointId one, EndpointId other) {
    change(() -> block(one, other));
  }

  /** Lets everything pass again between two endpoints. */
  public void allow(EndpointId one, EndpointId other) {
    change(
        () -> {
          blocked.remove(new Way(one, other));
          blocked.remove(new Way(other, one));
        });
  }

  /** Lets nothing pass any more between the endpoints of different groups. */
  public void partition(List<? extends Collection<EndpointId>> groups) {
    change(
        () -> {
          for (int i = 0; i < groups.size(); i++) {
            for (Collection<EndpointId> others : groups.subList(i + 1, groups.size())) {
              groups.get(i).forEach(one -> others.forEach(other -> block(one, other)));
            }
          }
        });
  }

  /** Lets everything pass again. */
  public void heal() {
    change(blocked::clear);
  }

  private void block(EndpointId one, EndpointId other) {
    blocked.add(new Way(one, other));
    blocked.add(new Way(other, one));
  }

  private void change(Runnable change) {
    network.locked(
        () -> {
          change.run();
          network.firewallChanged();
        });
  }

  boolean blocks(EndpointId from, EndpointId to) {
    return blocked.contains(new Way(from, to));
  }

  private record Way(EndpointId from, EndpointId to) {}
}
