package org.docs4j.transport.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.docs4j.api.wire.Hex;

/** The protection of packets with AES-128 (RFC 9001, section 5). */
final class PacketKeys {
  private static final byte[] SALT = Hex.decode("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int TAG = 16;
  private static final int SAMPLE = 16;
  private static final int MAX_NUMBER = 4;
  private static final int FORM_LONG = 0x80;
  private static final int LONG_MASK = 0x0f;
  private static final int SHORT_MASK = 0x1f;

  private final byte[] key;
  private final byte[] iv;
  private final byte[] mask;

  /** The keys that come of a secret of TLS. */
  PacketKeys(byte[] secret) throws GeneralSecurityException {
    key = expand(secret, "quic key", 16);
    iv = expand(secret, "quic iv", 12);
    mask = expand(secret, "quic hp", 16);
  }

  /** Those of a client for its first packets, which everybody can make. */
  static PacketKeys initial(byte[] id) throws GeneralSecurityException {
    return new PacketKeys(expand(hmac(SALT, id), "client in", 32));
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

  /** Protects frames; the header ends with the number of the packet. */
  byte[] seal(byte[] header, byte[] frames) throws GeneralSecurityException {
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, header, frames);
    byte[] packet = Arrays.copyOf(header, header.length + sealed.length);
    System.arraycopy(sealed, 0, packet, header.length, sealed.length);
    int digits = (header[0] & 3) + 1;
    byte[] bits = mask(packet, header.length - digits);
    packet[0] ^= (byte) (bits[0] & ((header[0] & FORM_LONG) != 0 ? LONG_MASK : SHORT_MASK));
    for (int i = 0; i < digits; i++) {
      packet[header.length - digits + i] ^= bits[1 + i];
    }
    return packet;
  }
}
