package org.docs4j.tck.sim;

import java.util.PriorityQueue;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.transport.CloseInfo;
import org.jspecify.annotations.Nullable;

/** One direction of a simulated connection: carries frames to the side at its end. Guarded by the network's lock. */
final class Link {
  private final SimNetwork network;
  private final SimConnection from;
  private final SimConnection to;
  private final PriorityQueue<Travelling> travelling = new PriorityQueue<>();
  private long sent;
  private long notBefore;
  private long latest;
  private boolean blocked;
  private boolean silent;
  private @Nullable Cancellable idleTimer;

  Link(SimNetwork network, SimConnection from, SimConnection to) {
    this.network = network;
    this.from = from;
    this.to = to;
  }

  /**
   * Sends a frame on its way.
   *
   * @param earliest before when it must not arrive, so that a stream keeps its order
   * @return when it arrives
   */
  long send(Frame frame, long earliest) {
    long arrival = network.arrival(from.localId(), to.localId());
    arrival = Math.max(arrival, Math.max(earliest, notBefore));
    latest = Math.max(latest, arrival);
    if (!silent) {
      travelling.add(new Travelling(arrival, sent++, frame));
      network.at(arrival, this::deliver);
    }
    return arrival;
  }

  /** Sends a frame that nothing later overtakes. */
  void sendFirst(Frame frame) {
    notBefore = send(frame, 0);
  }

  /** Sends a frame that overtakes nothing. */
  void sendLast(Frame frame) {
    send(frame, latest);
  }

  private void deliver() {
    while (!blocked && !travelling.isEmpty() && travelling.element().arrival <= network.now()) {
      to.received(travelling.remove().frame);
    }
  }

  /** Looks whether the firewall lets this direction pass. */
  void refresh() {
    boolean blocks = network.blocks(from.localId(), to.localId());
    if (blocks == blocked || silent) {
      return;
    }
    blocked = blocks;
    if (blocked) {
      startIdleTimer();
    } else {
      stopIdleTimer();
      network.at(network.arrival(from.localId(), to.localId()), this::deliver);
    }
  }

  /** Nothing comes from the sending side any more, for it is gone; the other one learns it by its time-out. */
  void fallSilent() {
    if (!silent) {
      silent = true;
      blocked = true;
      travelling.clear();
      stopIdleTimer();
      startIdleTimer();
    }
  }

  /** The receiving side has ended: nothing is delivered any more. */
  void drop() {
    silent = true;
    blocked = true;
    travelling.clear();
    stopIdleTimer();
  }

  private void startIdleTimer() {
    idleTimer =
        network.after(
            network.config().idleTimeout(),
            () -> to.lost(new CloseInfo(CloseInfo.Kind.TIMED_OUT, -1, "nothing came from the peer for too long")));
  }

  private void stopIdleTimer() {
    Cancellable timer = idleTimer;
    if (timer != null) {
      timer.cancel();
      idleTimer = null;
    }
  }

  private record Travelling(long arrival, long number, Frame frame) implements Comparable<Travelling> {
    @Override
    public int compareTo(Travelling other) {
      return arrival != other.arrival ? Long.compare(arrival, other.arrival) : Long.compare(number, other.number);
    }
  }
}
