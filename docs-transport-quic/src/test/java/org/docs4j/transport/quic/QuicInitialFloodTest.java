package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** First packets whose protection is right, so that what is in them is looked at: by QUIC, and by TLS. */
class QuicInitialFloodTest {
  private static final long SEED = 20261128;
  private static final int FLOOD = 10_000;
  private static final int DAMAGED = 500;
  private static final int HELLO = 200; // At least so many bytes have the frame with the ClientHello.
  private static final int RETRY = 0xf0;
  private static final int ROUNDS = 5;
  private static final long MOST_KIBIBYTES = 16 << 10;

  private final Nodes nodes = new Nodes();
  private final Random random = new Random(SEED);
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private InitialPacket honest;

  @BeforeEach
  void listen() throws Exception {
    honest = InitialPacket.of(nodes);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private byte[] id() {
    byte[] id = new byte[honest.idLength()];
    random.nextBytes(id);
    return id;
  }

  @Test
  void seal_whatWasOpened_isAnswered() throws Exception {
    assertArrayEquals(honest.frames(), InitialPacket.open(honest.seal(id(), honest.frames())).frames());
    try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
      byte[] bytes = honest.seal(id(), honest.frames());
      socket.send(new DatagramPacket(bytes, bytes.length, nodes.bind().addr().ipAddresses().get(0)));
      DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
      socket.setSoTimeout(5000);
      socket.receive(answer);
      assertEquals(0xc0, answer.getData()[0] & 0xf0, "another first packet (RFC 9000, section 17.2.2)");
    }
  }

  /** Damaged frames, or damaged messages of TLS. */
  private byte[] damaged(int number) {
    byte[] frames = honest.frames();
    int from = random.nextInt(HELLO);
    for (int i = from; i < from + 1 + number % 20; i++) {
      frames[i] = (byte) random.nextInt();
    }
    return frames;
  }

  /** Sends so many packets, each of which is wrong inside or promises a handshake; how many answers are no Retry. */
  private int flood(Endpoint server, int packets, int wrongOfTen) throws Exception {
    int answered = 0;
    try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
      socket.setSoTimeout(1);
      for (int i = 0; i < packets; i++) {
        byte[] bytes = honest.seal(id(), i % 10 < wrongOfTen ? damaged(i) : honest.frames());
        socket.send(new DatagramPacket(bytes, bytes.length, server.addr().ipAddresses().get(0)));
        answered += i % 4 == 0 ? answers(socket) : 0;
      }
    }
    return answered;
  }

  private void assertServed(Endpoint server) throws Exception {
    Endpoint client = nodes.bind();
    assertEquals(server.id(), await(client.connect(server.addr(), ECHO)).remoteId());
    assertEquals(client.id(), take(accepted).remoteId());
  }

  @Test
  void when_firstPacketsAreWrongInside_then_othersAreServed() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=10000");
    server.accept(ECHO, accepted::add);
    int answered = flood(server, DAMAGED, 10);
    assertTrue(answered > DAMAGED / 10, () -> "only " + answered + " were answered otherwise than by a Retry");
    assertServed(server);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void when_manyFirstPacketsCome_then_memoryIsBounded() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=32", "connect-timeout=20s");
    server.accept(ECHO, accepted::add);
    assertServed(server);
    flood(server, FLOOD / 10, 2);
    long[] more = new long[ROUNDS];
    long before = Memory.usedKibibytes();
    for (int i = 0; i < ROUNDS; i++) {
      flood(server, FLOOD / ROUNDS, 2);
      long after = Memory.usedKibibytes();
      more[i] = after - before;
      before = after;
    }
    // Compilers of the JVM take and give back a lot as well, but not in most of the rounds.
    Arrays.sort(more);
    assertTrue(more[ROUNDS / 2] < MOST_KIBIBYTES, () -> Arrays.toString(more) + " KiB more after each round");
    assertServed(server);
  }

  /** How many answers have come that are no Retry. */
  private static int answers(DatagramSocket socket) throws Exception {
    int answers = 0;
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    try {
      while (true) {
        socket.receive(packet);
        answers += (packet.getData()[0] & 0xf0) == RETRY ? 0 : 1;
      }
    } catch (SocketTimeoutException nothingMore) {
      return answers;
    }
  }
}
