package org.docs4j.transport.quic.disco;

import static org.docs4j.transport.quic.disco.Recorded.PINGS;
import static org.docs4j.transport.quic.disco.Recorded.PONGS;
import static org.docs4j.transport.quic.disco.Recorded.SOURCES;
import static org.docs4j.transport.quic.disco.Recorded.THEM;
import static org.docs4j.transport.quic.disco.Recorded.US;
import static org.docs4j.transport.quic.disco.Recorded.buffer;
import static org.docs4j.transport.quic.disco.Recorded.loopback;
import static org.docs4j.transport.quic.disco.Recorded.sealed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.junit.jupiter.api.Test;

class DiscoTest {
  private static final long SEED = 20261127;
  private static final long SECOND = 1_000_000_000;
  private static final InetSocketAddress SOURCE = loopback(1234);
  /** How many Pings without an answer are remembered. */
  private static final int MOST_ASKED = 1024;

  private final Disco disco = new Disco(US, new Random(SEED));
  private final DiscoBox box = new DiscoKey(US).agree(THEM.id()).orElseThrow();

  private Optional<byte[]> take(byte[] datagram) {
    return disco.take(buffer(datagram), SOURCE, 0);
  }

  private void assertCounts(long answered, long malformed, long surplus) {
    assertEquals(new Disco.Counts(answered, malformed, surplus), disco.counts());
  }

  private DiscoMessage opened(byte[] datagram) {
    return DiscoMessage.decode(box.open(sealed(datagram)).orElseThrow()).orElseThrow();
  }

  @Test
  void take_recordedPings_answersEachWithItsNumberAndSource() {
    for (byte[] ping : PINGS) {
      DiscoMessage.Ping asked = assertInstanceOf(DiscoMessage.Ping.class, opened(ping));
      assertEquals(THEM.id(), asked.sender());
      byte[] pong = take(ping).orElseThrow();
      DiscoMessage.Pong answer = assertInstanceOf(DiscoMessage.Pong.class, opened(pong));
      assertEquals(new DiscoMessage.Pong(asked.number(), SOURCE), answer);
      assertTrue(pong.length < ping.length);
    }
    assertCounts(PINGS.size(), 0, 0);
  }

  @Test
  void seal_whatWasRecorded_givesTheSameBytes() {
    for (byte[] datagram : new byte[][] {PINGS.get(0), PINGS.get(2), PONGS.get(0), PONGS.get(1)}) {
      byte[] sealed = sealed(datagram);
      byte[] nonce = Arrays.copyOfRange(sealed, sealed.length - 24, sealed.length);
      assertArrayEquals(sealed, box.seal(opened(datagram).encode(), nonce));
    }
  }

  @Test
  void agree_onBothSides_isTheSame() {
    byte[] message = {1, 2, 3};
    DiscoBox theirs = new DiscoKey(THEM).agree(US.id()).orElseThrow();
    assertArrayEquals(message, theirs.open(box.seal(message, new Random(SEED))).orElseThrow());
  }

  @Test
  void take_recordedPongs_tellThatThePeerSpeaksDisco() {
    for (int i = 0; i < PONGS.size(); i++) {
      Disco fresh = new Disco(US, new Random(SEED));
      assertTrue(fresh.ping(THEM.id(), Recorded.number()).isPresent());
      fresh.met(THEM.id());
      assertFalse(fresh.mayWant(THEM.id()));
      assertEquals(SOURCES.get(i), assertInstanceOf(DiscoMessage.Pong.class, opened(PONGS.get(i))).source());
      assertEquals(Optional.empty(), fresh.take(buffer(PONGS.get(i)), SOURCE, 0));
      assertTrue(fresh.mayWant(THEM.id()));
      assertEquals(new Disco.Counts(0, 0, 0), fresh.counts());
    }
  }

  @Test
  void take_pongThatNobodyAskedFor_isDropped() {
    disco.met(THEM.id());
    assertEquals(Optional.empty(), take(PONGS.get(0)));
    assertFalse(disco.mayWant(THEM.id()));
    assertCounts(0, 1, 0);
  }

  @Test
  void ping_manyTimes_forgetsTheFirstOfThem() {
    Disco them = new Disco(THEM, new Random(SEED));
    List<byte[]> pongs = new ArrayList<>();
    for (int i = 0; i <= MOST_ASKED; i++) {
      Bytes number = Bytes.of(ByteBuffer.allocate(DiscoMessage.NUMBER_BYTES).putInt(i).array());
      byte[] ping = disco.ping(THEM.id(), number).orElseThrow();
      pongs.add(them.take(buffer(ping), SOURCE, 0).orElseThrow());
    }
    disco.met(THEM.id());
    assertEquals(Optional.empty(), take(pongs.get(0)));
    assertFalse(disco.mayWant(THEM.id()));
    assertCounts(0, 1, 0);
    assertEquals(Optional.empty(), take(pongs.get(1)));
    assertTrue(disco.mayWant(THEM.id()));
    assertCounts(0, 1, 0);
  }

  @Test
  void mayWant_unknownPeer_untilItWasMetWithoutAnswering() {
    assertTrue(disco.mayWant(THEM.id()));
    disco.met(THEM.id());
    assertFalse(disco.mayWant(THEM.id()));
  }

  @Test
  void take_pingOfThisTransport_isNotAnswered() {
    byte[] ping = new Disco(THEM, new Random(SEED)).ping(US.id()).orElseThrow();
    assertEquals(PINGS.get(0).length, ping.length);
    assertEquals(Optional.empty(), take(ping));
    assertCounts(0, 0, 0);
  }

  @Test
  void take_pingWithOneBitChanged_isDropped() {
    byte[] ping = PINGS.get(0);
    int dropped = 0;
    for (int bit = Disco.MAGIC_BYTES * 8; bit < ping.length * 8; bit++) {
      byte[] changed = ping.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(Optional.empty(), disco.take(buffer(changed), SOURCE, ++dropped * SECOND), "bit " + bit);
    }
    assertCounts(0, dropped, 0);
  }

  @Test
  void take_pingCutShortOrProlonged_isDropped() {
    byte[] ping = PINGS.get(0);
    for (int length = 0; length < ping.length; length++) {
      assertEquals(Optional.empty(), disco.take(buffer(Arrays.copyOf(ping, length)), SOURCE, length * SECOND));
    }
    for (int length : new int[] {ping.length + 1, 512, 513, 65_507}) {
      assertEquals(Optional.empty(), disco.take(buffer(Arrays.copyOf(ping, length)), SOURCE, length * SECOND));
    }
    assertCounts(0, ping.length + 4, 0);
  }

  @Test
  void take_sealedNonsense_isDroppedAndNeverThrows() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] message = new byte[random.nextInt(80)];
      random.nextBytes(message);
      if (message.length > 1 && i % 2 == 0) {
        message[0] = (byte) random.nextInt(4);
        message[1] = 0;
      }
      byte[] sealed = box.seal(message, random);
      byte[] datagram = Arrays.copyOf(PINGS.get(0), 38 + sealed.length);
      System.arraycopy(sealed, 0, datagram, 38, sealed.length);
      assertEquals(Optional.empty(), disco.take(buffer(datagram), SOURCE, i * SECOND), "seed " + SEED);
    }
    assertCounts(0, 20_000, 0);
  }

  @Test
  void take_pingInTheNameOfAnother_isDropped() {
    DiscoMessage.Ping ping = (DiscoMessage.Ping) opened(PINGS.get(0));
    byte[] sealed = box.seal(new DiscoMessage.Ping(ping.number(), US.id()).encode(), new Random(SEED));
    byte[] datagram = PINGS.get(0).clone();
    System.arraycopy(sealed, 0, datagram, 38, sealed.length);
    assertEquals(Optional.empty(), take(datagram));
    assertCounts(0, 1, 0);
  }

  @Test
  void take_keyOfSmallOrder_isDropped() {
    for (int y = 0; y < 2; y++) {
      byte[] datagram = PINGS.get(0).clone();
      Arrays.fill(datagram, 6, 38, (byte) 0);
      datagram[6] = (byte) y;
      assertEquals(Optional.empty(), take(datagram));
    }
    assertCounts(0, 2, 0);
    byte[] one = new byte[32];
    one[0] = 1;
    assertEquals(Optional.empty(), disco.ping(EndpointId.of(one)));
  }

  @Test
  void ping_itself_isNone() {
    assertEquals(Optional.empty(), disco.ping(US.id()));
  }

  @Test
  void take_moreThanMayBe_isDroppedUntilTimePasses() {
    int most = Disco.OPENED_PER_SECOND;
    for (int i = 0; i < most + 500; i++) {
      assertEquals(i < most, take(PINGS.get(0)).isPresent(), "number " + i);
    }
    assertCounts(most, 0, 500);
    assertTrue(disco.take(buffer(PINGS.get(0)), SOURCE, SECOND).isPresent());
  }

  @Test
  void take_manyStrangers_leavesRoomForThoseWeKnow() {
    assertTrue(take(PINGS.get(0)).isPresent());
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      byte[] datagram = PINGS.get(0).clone();
      System.arraycopy(EndpointSecret.random(random).id().toByteArray(), 0, datagram, 6, 32);
      assertEquals(Optional.empty(), take(datagram));
    }
    // One of the strangers' places was taken by the peer that is known now.
    assertCounts(1, Disco.STRANGERS_PER_SECOND - 1, 1001 - Disco.STRANGERS_PER_SECOND);
    assertTrue(take(PINGS.get(1)).isPresent());
  }

  @Test
  void pong_toIpv6_carriesAddressAndPort() throws Exception {
    byte[] address = new byte[16];
    address[0] = 0x20;
    address[15] = 7;
    InetSocketAddress source = new InetSocketAddress(InetAddress.getByAddress(address), 0xfedc);
    byte[] pong = disco.take(buffer(PINGS.get(0)), source, 0).orElseThrow();
    assertEquals(source, ((DiscoMessage.Pong) opened(pong)).source());
  }
}
