package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.docs4j.api.spi.Environment;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.Test;

class AddressValidationTest {
  private static final InetSocketAddress HERE = Nodes.loopback(4433);
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int TOKEN_HEAD = 24;

  private final SimEnvironment sim = SimEnvironment.seeded(5);
  private final Environment node = sim.environment("node");
  private final Admission admission = new Admission(QuicSettings.parse(Map.of("max-handshakes", "8")));
  private final AddressValidation validation = new AddressValidation(admission, node);

  private void begin(int handshakes, InetSocketAddress from) {
    for (int i = 0; i < handshakes; i++) {
      admission.handshakeBegan(from.getAddress());
    }
  }

  private ByteBuf token() {
    ByteBuf out = Unpooled.buffer();
    assertTrue(validation.writeToken(out, Unpooled.wrappedBuffer(ID), HERE));
    assertTrue(out.readableBytes() <= validation.maxTokenLength());
    return out;
  }

  @Test
  void writeToken_onlyWhenAQuarterOfTheHandshakesGoesOn() {
    begin(1, HERE);
    assertFalse(validation.writeToken(Unpooled.buffer(), Unpooled.wrappedBuffer(ID), HERE));
    begin(1, HERE);
    token();
    admission.handshakeEnded(HERE.getAddress());
    assertFalse(validation.writeToken(Unpooled.buffer(), Unpooled.wrappedBuffer(ID), HERE));
  }

  @Test
  void validateToken_fromItsAddressInTime_findsTheId() {
    begin(2, HERE);
    ByteBuf token = token();
    assertEquals(TOKEN_HEAD, validation.validateToken(token, HERE));
    assertEquals(Unpooled.wrappedBuffer(ID), token.slice(TOKEN_HEAD, ID.length));
  }

  @Test
  void validateToken_fromElsewhereOrTooLateOrAltered_isRefused() {
    begin(2, HERE);
    ByteBuf token = token();
    assertEquals(-1, validation.validateToken(token, Nodes.loopback(4434)), "another port");
    assertEquals(-1, validation.validateToken(token, Nodes.address(4433, 127, 0, 0, 2)), "another address");
    for (int i = 0; i < token.readableBytes(); i++) {
      ByteBuf altered = token.copy();
      altered.setByte(i, altered.getByte(i) ^ 0x40);
      assertEquals(-1, validation.validateToken(altered, HERE), "byte " + i);
      assertEquals(-1, validation.validateToken(token.slice(0, i), HERE), i + " bytes");
    }
    assertEquals(-1, validation.validateToken(Unpooled.buffer().writeZero(1000), HERE), "much too long");
    assertEquals(
        -1, new AddressValidation(admission, node).validateToken(token, HERE), "of an earlier life of this endpoint");
    sim.run(Duration.ofSeconds(29));
    assertEquals(TOKEN_HEAD, validation.validateToken(token, HERE));
    sim.run(Duration.ofSeconds(2));
    assertEquals(-1, validation.validateToken(token, HERE), "after its end");
  }

  @Test
  void validateToken_withoutRoom_isRefused() {
    begin(2, HERE);
    ByteBuf token = token();
    begin(2, HERE);
    assertEquals(-1, validation.validateToken(token, HERE), "half of all are from there");
    admission.handshakeEnded(HERE.getAddress());
    assertEquals(TOKEN_HEAD, validation.validateToken(token, HERE));
    begin(5, Nodes.address(1, 198, 51, 100, 1));
    assertEquals(-1, validation.validateToken(token, HERE), "all are taken");
  }

  @Test
  void hasRoom_networksOfIpv6_countAsOne() {
    int[] network = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    int[] neighbour = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    int[] other = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1};
    begin(4, Nodes.address(1, network));
    assertFalse(admission.hasRoom(Nodes.address(1, neighbour).getAddress()));
    assertTrue(admission.hasRoom(Nodes.address(1, other).getAddress()));
  }
}
