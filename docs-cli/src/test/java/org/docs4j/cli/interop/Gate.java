package org.docs4j.cli.interop;

import org.docs4j.tck.UdpRelay;

/** Holds datagrams back while it is shut; then they go on, in order and none lost. Safe to use from any thread. */
final class Gate implements UdpRelay.Fate {
  private boolean shut;

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  @Override
  public void decide(boolean toServer, byte[] datagram, UdpRelay.Network network) {
    pass();
    network.deliver(datagram, 0);
  }

  private synchronized void pass() {
    try {
      while (shut) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
