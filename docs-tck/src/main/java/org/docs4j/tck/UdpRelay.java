package org.docs4j.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A network between clients and one server on this machine: what is sent to its UDP address comes to the server, and
 * the other way round, as its {@link Fate} decides. One thread of its own; safe to use from any thread.
 */
public final class UdpRelay implements AutoCloseable {
  private static final int BUFFER = 4 << 20;
  private static final int LARGEST = 65_536;
  private static final int LATEST_MILLIS = 10;

  /** Decides what becomes of each datagram; called by one thread. */
  @FunctionalInterface
  public interface Fate {
    /**
     * Delivers a datagram, altered or not, any number of times.
     *
     * @param toServer in which direction it goes
     * @param datagram its bytes, which belong to the method
     * @param network takes what is to be delivered
     */
    void decide(boolean toServer, byte[] datagram, Network network);
  }

  /** Takes datagrams. */
  @FunctionalInterface
  public interface Network {
    /** Delivers a copy of a datagram after so many milliseconds. */
    void deliver(byte[] datagram, long delayMillis);
  }

  private record Travelling(long due, long number, DatagramChannel from, InetSocketAddress to, ByteBuffer datagram)
      implements Comparable<Travelling> {
    @Override
    public int compareTo(Travelling other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
    }
  }

  private final Selector selector;
  private final DatagramChannel front;
  private final InetSocketAddress server;
  private final Map<InetSocketAddress, DatagramChannel> backs = new HashMap<>();
  private final PriorityQueue<Travelling> travelling = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
  private final Thread thread = new Thread(this::run, "udp-relay");
  private volatile Fate fate;
  private long number;

  private UdpRelay(InetSocketAddress server, Fate fate) throws IOException {
    this.server = server;
    this.fate = fate;
    this.selector = Selector.open();
    this.front = open();
    front.register(selector, SelectionKey.OP_READ);
  }

  /** Opens a relay to a server on the loopback interface. */
  public static UdpRelay to(InetSocketAddress server, Fate fate) throws IOException {
    UdpRelay relay = new UdpRelay(server, fate);
    relay.thread.setDaemon(true);
    relay.thread.start();
    return relay;
  }

  /** Everything arrives at once. */
  public static Fate fair() {
    return (toServer, datagram, network) -> network.deliver(datagram, 0);
  }

  /** Nothing arrives. */
  public static Fate silence() {
    return (toServer, datagram, network) -> {};
  }

  /**
   * Loses, doubles, delays (by 1 to 10 ms, so that others overtake) and damages (one bit) datagrams.
   *
   * @param seed of the chances
   * @param lost which part of the datagrams, from 0 to 1; and so on
   */
  public static Fate weather(long seed, double lost, double doubled, double late, double damaged) {
    Random random = new Random(seed);
    return (toServer, datagram, network) -> {
      if (random.nextDouble() < lost) {
        return;
      }
      if (random.nextDouble() < damaged) {
        datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      int copies = random.nextDouble() < doubled ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        network.deliver(datagram, random.nextDouble() < late ? 1 + random.nextInt(LATEST_MILLIS) : 0);
      }
    };
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    return channel;
  }

  /** Where clients find the server. */
  public InetSocketAddress address() {
    return (InetSocketAddress) front.socket().getLocalSocketAddress();
  }

  /** From now on another fate decides. */
  public void set(Fate other) {
    fate = other;
  }

  private void run() {
    try {
      while (front.isOpen()) {
        receive(front);
        for (DatagramChannel each : backs.values()) {
          receive(each);
        }
        long now = System.nanoTime();
        while (!travelling.isEmpty() && travelling.element().due - now <= 0) {
          Travelling next = travelling.remove();
          next.from.send(next.datagram, next.to);
        }
        if (travelling.isEmpty()) {
          selector.select();
        } else {
          selector.select(1);
        }
        selector.selectedKeys().clear();
      }
    } catch (ClosedChannelException | ClosedSelectorException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(DatagramChannel channel) throws IOException {
    while (true) {
      InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer.clear());
      if (sender == null) {
        return;
      }
      byte[] datagram = new byte[buffer.flip().remaining()];
      buffer.get(datagram);
      if (datagram.length == 0) {
        continue;
      }
      if (channel == front) {
        DatagramChannel back = back(sender);
        fate.decide(true, datagram, (bytes, delay) -> deliver(back, server, bytes, delay));
      } else {
        InetSocketAddress client = (InetSocketAddress) channel.keyFor(selector).attachment();
        fate.decide(false, datagram, (bytes, delay) -> deliver(front, client, bytes, delay));
      }
    }
  }

  private DatagramChannel back(InetSocketAddress client) throws IOException {
    DatagramChannel back = backs.get(client);
    if (back == null) {
      back = open();
      back.register(selector, SelectionKey.OP_READ, client);
      backs.put(client, back);
    }
    return back;
  }

  private void deliver(DatagramChannel from, InetSocketAddress to, byte[] datagram, long delayMillis) {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
    travelling.add(new Travelling(due, number++, from, to, ByteBuffer.wrap(datagram.clone())));
  }

  /** Frees the sockets. */
  @Override
  public void close() throws IOException {
    front.close();
    selector.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (DatagramChannel each : backs.values()) {
      each.close();
    }
  }
}
