package org.docs4j.transport.quic.disco;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;

/** The content of a datagram: type, version 0, and the number that a Ping and its Pong have in common. */
sealed interface DiscoMessage {
  /** Bytes in a number. */
  int NUMBER_BYTES = 12;

  /** The bytes that go into a {@link DiscoBox}. */
  byte[] encode();

  /**
   * Asks for a Pong.
   *
   * @param number chosen at random
   * @param sender who asks
   */
  record Ping(Bytes number, EndpointId sender) implements DiscoMessage {
    private static final byte TYPE = 1;
    private static final int BYTES = 2 + NUMBER_BYTES + 32;

    /** How the numbers of this transport begin; no more than others to old nodes, which send them back as they are. */
    private static final byte[] MARK = "d4jp".getBytes(StandardCharsets.US_ASCII);

    /** A number for a Ping that wants no Pong of those who need no Pings. */
    static Bytes marked(byte[] random) {
      byte[] number = random.clone();
      System.arraycopy(MARK, 0, number, 0, MARK.length);
      return Bytes.of(number);
    }

    /** Whether it is one of this transport's; one of 2^32 of an old node looks like it and has to be repeated. */
    boolean isMarked() {
      return Arrays.equals(number.toByteArray(), 0, MARK.length, MARK, 0, MARK.length);
    }

    @Override
    public byte[] encode() {
      byte[] message = new byte[BYTES];
      begin(message, TYPE, number).put(sender.toByteArray());
      return message;
    }
  }

  /**
   * Answers a Ping.
   *
   * @param number that of the Ping
   * @param source where the Ping came from
   */
  record Pong(Bytes number, InetSocketAddress source) implements DiscoMessage {
    private static final byte TYPE = 2;
    private static final byte UDP = 0;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int BYTES = 2 + NUMBER_BYTES + 1 + IPV6_BYTES + 2;

    @Override
    public byte[] encode() {
      byte[] message = new byte[BYTES];
      ByteBuffer bytes = begin(message, TYPE, number).put(UDP);
      byte[] address = source.getAddress().getAddress();
      if (address.length == IPV4_BYTES) {
        bytes.put(new byte[IPV6_BYTES - IPV4_BYTES - 2]).putShort((short) -1);
      }
      bytes.put(address).order(ByteOrder.LITTLE_ENDIAN).putShort((short) source.getPort());
      return message;
    }

    private static InetSocketAddress source(ByteBuffer bytes) {
      byte[] address = new byte[IPV6_BYTES];
      bytes.get(address);
      int port = Short.toUnsignedInt(bytes.order(ByteOrder.LITTLE_ENDIAN).getShort());
      try {
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ByteBuffer begin(byte[] message, byte type, Bytes number) {
    return ByteBuffer.wrap(message).put(type).put((byte) 0).put(number.toByteArray());
  }

  /** Reads a message; empty if it is too short or of another type or version. What follows it is skipped, as real nodes do. */
  static Optional<DiscoMessage> decode(byte[] message) {
    if (message.length < 2 + NUMBER_BYTES || message[1] != 0) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(message, 2, message.length - 2);
    byte[] number = new byte[NUMBER_BYTES];
    bytes.get(number);
    if (message[0] == Ping.TYPE && message.length >= Ping.BYTES) {
      byte[] sender = new byte[32];
      bytes.get(sender);
      return Optional.of(new Ping(Bytes.of(number), EndpointId.of(sender)));
    }
    if (message[0] == Pong.TYPE && message.length >= Pong.BYTES && bytes.get() == Pong.UDP) {
      return Optional.of(new Pong(Bytes.of(number), Pong.source(bytes)));
    }
    return Optional.empty();
  }
}
