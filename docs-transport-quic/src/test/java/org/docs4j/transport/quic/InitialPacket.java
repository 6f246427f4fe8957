package org.docs4j.transport.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first packet of a client (RFC 9000, section 17.2.2), whose protection everybody can take off and put on: its keys
 * follow from the connection id in it (RFC 9001, section 5).
 */
final class InitialPacket {
  private static final byte[] SALT = HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int ID_OFFSET = 6;
  private static final int DATAGRAM = 1200; // the least that a server takes
  private static final int TAG = 16;
  private static final int SAMPLE = 16;
  private static final int MAX_NUMBER = 4;

  /** Without protection, with the packet number. */
  private final byte[] header;

  private final byte[] frames;

  private InitialPacket(byte[] header, byte[] frames) {
    this.header = header;
    this.frames = frames;
  }

  byte[] frames() {
    return frames.clone();
  }

  int idLength() {
    return header[ID_OFFSET - 1];
  }

  /** The keys of a client. */
  private static final class Keys {
    private final byte[] key;
    private final byte[] iv;
    private final byte[] mask;

    private Keys(byte[] client) throws GeneralSecurityException {
      key = expand(client, "quic key", 16);
      iv = expand(client, "quic iv", 12);
      mask = expand(client, "quic hp", 16);
    }

    static Keys of(byte[] datagram) throws GeneralSecurityException {
      byte[] id = Arrays.copyOfRange(datagram, ID_OFFSET, ID_OFFSET + datagram[ID_OFFSET - 1]);
      return new Keys(expand(hmac(SALT, id), "client in", 32));
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    }

    /** HKDF-Expand-Label (RFC 8446, section 7.1). */
    private static byte[] expand(byte[] secret, String label, int bytes) throws GeneralSecurityException {
      byte[] name = ("tls13 " + label).getBytes(US_ASCII);
      ByteBuffer info = ByteBuffer.allocate(name.length + 5);
      info.putShort((short) bytes).put((byte) name.length).put(name).put((byte) 0).put((byte) 1);
      return Arrays.copyOf(hmac(secret, info.array()), bytes);
    }

    byte[] crypt(int mode, byte[] header, byte[] data) throws GeneralSecurityException {
      int digits = (header[0] & 3) + 1;
      byte[] nonce = iv.clone();
      for (int i = 0; i < digits; i++) {
        nonce[nonce.length - digits + i] ^= header[header.length - digits + i];
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(data);
    }

    byte[] mask(byte[] datagram, int numberOffset) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(mask, "AES"));
      return cipher.doFinal(datagram, numberOffset + MAX_NUMBER, SAMPLE);
    }
  }

  /** Takes the protection off a datagram that is one such packet, without a token, and padding. */
  static InitialPacket open(byte[] datagram) throws GeneralSecurityException {
    Keys keys = Keys.of(datagram);
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
    Keys keys = Keys.of(clear);
    byte[] sealed = keys.crypt(Cipher.ENCRYPT_MODE, clear, others);
    byte[] datagram = Arrays.copyOf(clear, DATAGRAM);
    System.arraycopy(sealed, 0, datagram, clear.length, sealed.length);
    int digits = (clear[0] & 3) + 1;
    byte[] mask = keys.mask(datagram, clear.length - digits);
    datagram[0] ^= (byte) (mask[0] & 0x0f);
    for (int i = 0; i < digits; i++) {
      datagram[clear.length - digits + i] ^= mask[1 + i];
    }
    return datagram;
  }
}
