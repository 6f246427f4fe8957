package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.docs4j.transport.quic.Nodes.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Those who send much and prove nothing. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: what floods is not waited for.
class QuicFloodTest {
  private static final long SEED = 20261127;
  private static final int FLOOD = 160;
  private static final int INITIAL = 1200;
  // RFC 9000, section 17.2.5
  private static final int RETRY = 0xf0;
  private static final int MAX_HANDSHAKES = 32;
  private static final int FLOODERS = 16;
  private static final long MOST_UNREAD = 1 << 20;
  private static final int ROUNDS = 5;
  private static final long MOST_KIBIBYTES = 16 << 10;

  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private final X509KeyManager keys =
      new X509KeyManager(
          X509Certificates.issue(
              EndpointSecret.random(nodes.environment().random()),
              EnvironmentRandom.of(nodes.environment().random())));
  private final BareClient bare = new BareClient(keys);

  @AfterEach
  void close() {
    bare.close();
    nodes.close();
  }

  private static InetSocketAddress address(Endpoint endpoint) {
    return endpoint.addr().ipAddresses().get(0);
  }

  private void assertServed(Connection from, Connection to) throws Exception {
    SendStream send = await(from.openUni());
    await(send.write(text("hi")));
    await(send.finish());
    assertEquals("hi", readText(await(to.acceptUni())));
  }

  @Test
  void when_manyBeginHandshakesAndGoSilent_then_othersAreServed() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=" + MAX_HANDSHAKES, "connect-timeout=20s");
    server.accept(ECHO, accepted::add);
    Endpoint client = nodes.bind();
    Connection before = await(client.connect(server.addr(), ECHO));
    Connection beforeThere = take(accepted);
    List<Future<QuicChannel>> silent = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      silent.add(bare.dial(address(server), false));
    }
    assertServed(before, beforeThere);
    Connection during = await(client.connect(server.addr(), ECHO));
    assertServed(during, take(accepted));
    assertTrue(silent.stream().noneMatch(Future::isSuccess));
    assertTrue(accepted.isEmpty());
  }

  /**
   * Those who begin handshakes and go silent are many, and new ones again and again. Their packets were made before, since
   * what makes them takes memory, too.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void when_handshakesAreBegunAgainAndAgain_then_memoryIsBounded() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=" + MAX_HANDSHAKES, "connect-timeout=1s");
    server.accept(ECHO, accepted::add);
    List<List<byte[]>> rounds = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      rounds.add(firstPackets());
    }
    beginAndGoSilent(rounds.get(0), server);
    long[] more = new long[ROUNDS];
    long before = Memory.usedKibibytes();
    for (int i = 0; i < ROUNDS; i++) {
      beginAndGoSilent(rounds.get(i + 1), server);
      long after = Memory.usedKibibytes();
      more[i] = after - before;
      before = after;
    }
    Arrays.sort(more);
    assertTrue(more[ROUNDS / 2] < MOST_KIBIBYTES, () -> Arrays.toString(more) + " KiB more after each round");
  }

  /** The first packets of as many handshakes. */
  private List<byte[]> firstPackets() throws Exception {
    Map<Integer, byte[]> byPort = new LinkedHashMap<>();
    try (BareClient many = new BareClient(keys);
        DatagramSocket listener = new DatagramSocket(Nodes.loopback(0))) {
      while (byPort.size() < FLOOD) {
        many.dial((InetSocketAddress) listener.getLocalSocketAddress(), false);
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        listener.receive(packet);
        byPort.put(packet.getPort(), Arrays.copyOf(packet.getData(), packet.getLength()));
      }
    }
    return List.copyOf(byPort.values());
  }

  private void beginAndGoSilent(List<byte[]> packets, Endpoint server) throws Exception {
    List<DatagramChannel> silent = new ArrayList<>();
    try (LogWatch log = new LogWatch(Acceptor.class.getName())) {
      for (byte[] packet : packets) {
        DatagramChannel socket = DatagramChannel.open().bind(Nodes.loopback(0));
        silent.add(socket);
        socket.configureBlocking(false);
        socket.send(ByteBuffer.wrap(packet), address(server));
      }
      // It has seen them all, and then forgets those whose handshakes it has begun.
      assertServed(nodes, server);
      int begun = 0;
      for (DatagramChannel socket : silent) {
        ByteBuffer answer = ByteBuffer.allocate(2000);
        begun += socket.receive(answer) != null && (answer.get(0) & 0xf0) != RETRY ? 1 : 0;
      }
      int all = begun;
      assertTrue(all > 0 && all <= MAX_HANDSHAKES, () -> all + " handshakes are begun");
      until(() -> log.toString().split("the handshake took too long", -1).length > all);
    } finally {
      for (DatagramChannel socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void when_connectionsWithoutStreamsTakeAllPlaces_then_theyLoseThemSoon() throws Exception {
    Endpoint server = nodes.bind("max-connections=4", "max-connections-per-network=4", "first-stream=1s");
    server.accept(ECHO, accepted::add);
    for (int i = 0; i < 4; i++) {
      bare.dial(address(server), true).sync();
    }
    List<Connection> silent = List.of(take(accepted), take(accepted), take(accepted), take(accepted));
    Endpoint client = nodes.bind();
    Connection dialled = await(client.connect(server.addr(), ECHO));
    assertServed(dialled, take(accepted));
    for (Connection each : silent) {
      assertEquals("no stream was opened", await(each.closed()).reason());
    }
    assertFalse(dialled.closed().toCompletableFuture().isDone());
  }

  @Test
  void when_manySendToStreamsThatNobodyReads_then_littleIsKept() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    List<QuicChannel> flooders = new ArrayList<>();
    for (int i = 0; i < FLOODERS; i++) {
      QuicChannel flooder = bare.dial(address(server), true).sync().getNow();
      flooders.add(flooder);
      for (int j = 0; j < 4; j++) {
        QuicStreamChannel stream =
            flooder.createStream(QuicStreamType.UNIDIRECTIONAL, new ChannelInboundHandlerAdapter()).sync().getNow();
        stream.writeAndFlush(Unpooled.directBuffer(1 << 20).writeZero(1 << 20));
      }
    }
    long[] last = {-1, 0};
    until(
        () -> {
          long now =
              flooders.stream().mapToLong(each -> each.collectStats().syncUninterruptibly().getNow().sentBytes()).sum();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1] == 100;
        });
    assertTrue(last[0] > FLOODERS * MOST_UNREAD / 2, () -> "only " + last[0] + " bytes were sent");
    long headers = MOST_UNREAD / 10;
    assertTrue(last[0] < FLOODERS * (MOST_UNREAD + headers), () -> last[0] + " bytes were sent");
    assertServed(nodes, server);
  }

  private void assertServed(Nodes from, Endpoint server) throws Exception {
    accepted.clear();
    assertServed(await(from.bind().connect(server.addr(), ECHO)), take(accepted));
  }

  @Test
  void when_handshakesGoOn_then_whoListensToTheRetryGetsIn() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=8", "connect-timeout=30s");
    server.accept(ECHO, accepted::add);
    AtomicInteger retries = new AtomicInteger();
    UdpRelay.Fate counting =
        (toServer, datagram, network) -> {
          if (!toServer && (datagram[0] & 0xf0) == RETRY) {
            retries.incrementAndGet();
          }
          network.deliver(datagram, 0);
        };
    try (UdpRelay relay = UdpRelay.to(address(server), counting)) {
      List<Future<QuicChannel>> silent = List.of(bare.dial(address(server), false), bare.dial(address(server), false));
      for (int i = 0; i < 3; i++) {
        bare.dial(relay.address(), true).sync();
        take(accepted);
      }
      assertTrue(silent.stream().noneMatch(Future::isSuccess));
    }
    assertEquals(3, retries.get());
  }

  /** The first packet of somebody who dials. */
  private byte[] initial() throws Exception {
    try (DatagramSocket listener = new DatagramSocket(loopback(0))) {
      Future<QuicChannel> dialled = bare.dial((InetSocketAddress) listener.getLocalSocketAddress(), false);
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      listener.receive(packet);
      assertFalse(dialled.isDone());
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  @Test
  void when_anAddressIsForged_then_itGetsAtMostThreeTimesWhatWasSentInItsName() throws Exception {
    Endpoint server = nodes.bind("connect-timeout=1s");
    server.accept(ECHO, accepted::add);
    byte[] initial = initial();
    assertEquals(INITIAL, initial.length);
    try (DatagramSocket victim = new DatagramSocket(loopback(0))) {
      // Longer than the handshake may take: the packet that closes it counts, too.
      victim.setSoTimeout(2500);
      victim.send(new DatagramPacket(initial, initial.length, address(server)));
      long answered = bytesUntilSilent(victim);
      assertTrue(answered <= 3L * initial.length, () -> answered + " bytes for " + initial.length);
    }
  }

  private static long bytesUntilSilent(DatagramSocket socket) throws Exception {
    long bytes = 0;
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (true) {
        socket.receive(packet);
        bytes += packet.getLength();
      }
    } catch (SocketTimeoutException silent) {
      assertTrue(bytes > 0, "an answer");
      return bytes;
    }
  }

  @Test
  void when_firstPacketsAreMalformed_then_othersAreServed() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=8", "connect-timeout=20s");
    server.accept(ECHO, accepted::add);
    Random random = new Random(SEED);
    byte[] initial = initial();
    try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = malformed(initial, random, i);
        socket.send(new DatagramPacket(bytes, bytes.length, address(server)));
      }
    }
    Endpoint client = nodes.bind();
    Connection dialled = await(client.connect(server.addr(), ECHO));
    assertServed(dialled, take(accepted));
    assertFalse(dialled.closed().toCompletableFuture().isDone());
  }

  /** Another connection id, so that it is not the packet seen before; and a truncation, or damage at any place. */
  private static byte[] malformed(byte[] initial, Random random, int number) {
    byte[] bytes = initial.clone();
    for (int i = 6; i < 14; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    switch (number % 4) {
      case 0 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      case 1 -> bytes[5] = (byte) random.nextInt();
      case 2 -> bytes[random.nextInt(60)] ^= (byte) (1 + random.nextInt(255));
      default -> {
        int from = random.nextInt(bytes.length);
        for (int i = from; i < Math.min(bytes.length, from + 100); i++) {
          bytes[i] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }
}
