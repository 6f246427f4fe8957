package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.loopback;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.crypto.Cipher;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;

/**
 * The first packet of a client (RFC 9000, section 17.2.2), whose protection everybody can take off and put on: its keys
 * follow from the connection id in it (RFC 9001, section 5).
 */
final class InitialPacket {
  private static final int ID_OFFSET = 6;
  private static final int DATAGRAM = 1200; // the least that a server takes

  /** Without protection, with the packet number. */
  private final byte[] header;

  private final byte[] frames;

  private InitialPacket(byte[] header, byte[] frames) {
    this.header = header;
    this.frames = frames;
  }

  /** Of an endpoint that dials; it is closed then. */
  static InitialPacket of(Nodes nodes) throws Exception {
    try (DatagramSocket listener = new DatagramSocket(loopback(0))) {
      InetSocketAddress here = (InetSocketAddress) listener.getLocalSocketAddress();
      Endpoint dialler = nodes.bind("disco=off");
      CompletionStage<Connection> dialled = dialler.connect(EndpointAddr.of(nodes.bind().id(), List.of(here)), ECHO);
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      listener.receive(packet);
      dialler.close();
      Nodes.failure(dialled);
      return open(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
  }

  byte[] frames() {
    return frames.clone();
  }

  int idLength() {
    return header[ID_OFFSET - 1];
  }

  private static PacketKeys initialKeys(byte[] datagram) throws GeneralSecurityException {
    return PacketKeys.initial(Arrays.copyOfRange(datagram, ID_OFFSET, ID_OFFSET + datagram[ID_OFFSET - 1]));
  }

  /** Takes the protection off a datagram that is one such packet, without a token, and padding. */
  static InitialPacket open(byte[] datagram) throws GeneralSecurityException {
    PacketKeys keys = initialKeys(datagram);
    int source = ID_OFFSET + datagram[ID_OFFSET - 1];
    int number = source + 1 + datagram[source] + 1 + 2; // no token, and a length of two bytes
    byte[] clear = datagram.clone();
    byte[] mask = keys.mask(clear, number);
    clear[0] ^= (byte) (mask[0] & 0x0f);
    int digits = (clear[0] & 3) + 1;
    for (int i = 0; i < digits; i++) {
      clear[number + i] ^= mask[1 + i];
    }
    byte[] header = Arrays.copyOf(clear, number + digits);
    int end = number + (ByteBuffer.wrap(clear).getShort(number - 2) & 0x3fff);
    byte[] sealed = Arrays.copyOfRange(clear, number + digits, end);
    return new InitialPacket(header, keys.crypt(Cipher.DECRYPT_MODE, header, sealed));
  }

  /** Puts the protection on other frames of the same length, sent to a connection id of the same length. */
  byte[] seal(byte[] id, byte[] others) throws GeneralSecurityException {
    byte[] clear = header.clone();
    System.arraycopy(id, 0, clear, ID_OFFSET, id.length);
    PacketKeys keys = initialKeys(clear);
    return Arrays.copyOf(keys.seal(clear, others), DATAGRAM);
  }
}
