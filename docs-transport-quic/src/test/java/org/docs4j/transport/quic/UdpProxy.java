package org.docs4j.transport.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A network between clients and one server: what is sent to its address comes to the server, if fate will. */
final class UdpProxy implements AutoCloseable {
  private static final int BUFFER = 4 << 20;

  /** Decides what becomes of a datagram. Called by one thread. */
  interface Fate {
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
  interface Network {
    /** Delivers a datagram after a while. */
    void deliver(byte[] datagram, long delayMillis);
  }

  private record Travelling(long due, long number, DatagramChannel from, InetSocketAddress to, ByteBuffer datagram)
      implements Comparable<Travelling> {
    @Override
    public int compareTo(Travelling other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
    }
  }

  private final Selector selector = Selector.open();
  private final DatagramChannel front;
  private final InetSocketAddress server;
  private final Fate fate;
  private final Map<InetSocketAddress, DatagramChannel> backs = new HashMap<>();
  private final PriorityQueue<Travelling> travelling = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
  private final Thread thread = new Thread(this::run, "proxy");
  private long number;

  UdpProxy(InetSocketAddress server, Fate fate) throws IOException {
    this.server = server;
    this.fate = fate;
    this.front = open();
    front.register(selector, SelectionKey.OP_READ);
    thread.start();
  }

  /** Loses, doubles, delays and damages datagrams with these probabilities, the same ones for the same seed. */
  static Fate weather(long seed, double lost, double doubled, double late, double damaged) {
    Random random = new Random(seed);
    return (toServer, datagram, network) -> {
      if (random.nextDouble() < lost) {
        return;
      }
      if (random.nextDouble() < damaged) {
        datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
      }
      int copies = random.nextDouble() < doubled ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        network.deliver(datagram, random.nextDouble() < late ? 1 + random.nextInt(10) : 0);
      }
    };
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
    channel.bind(Nodes.loopback(0));
    channel.configureBlocking(false);
    return channel;
  }

  /** Where clients find the server. */
  InetSocketAddress address() {
    return (InetSocketAddress) front.socket().getLocalSocketAddress();
  }

  private void run() {
    try {
      while (front.isOpen()) {
        for (DatagramChannel each : backs.values()) {
          receive(each);
        }
        receive(front);
        long now = System.nanoTime();
        while (!travelling.isEmpty() && travelling.element().due - now <= 0) {
          Travelling next = travelling.remove();
          next.from.send(next.datagram, next.to);
        }
        if (travelling.isEmpty()) {
          selector.select(100);
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
      if (isDisco(datagram)) {
        continue;
      }
      if (channel == front) {
        DatagramChannel back = back(sender);
        fate.decide(true, datagram, (bytes, delay) -> deliver(back, server, bytes, delay));
      } else {
        InetSocketAddress client = client(channel);
        fate.decide(false, datagram, (bytes, delay) -> deliver(front, client, bytes, delay));
      }
    }
  }

  /** Pings and Pongs do not pass: fates count packets of QUIC. */
  private static boolean isDisco(byte[] datagram) {
    return datagram.length >= Integer.BYTES && ByteBuffer.wrap(datagram).getInt() == 0x5453f09f;
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

  private InetSocketAddress client(DatagramChannel back) {
    return (InetSocketAddress) back.keyFor(selector).attachment();
  }

  private void deliver(DatagramChannel from, InetSocketAddress to, byte[] datagram, long delayMillis) {
    travelling.add(
        new Travelling(
            System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), number++, from, to, ByteBuffer.wrap(datagram.clone())));
  }

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
