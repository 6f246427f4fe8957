package org.docs4j.api.wire;

import java.nio.charset.StandardCharsets;

/**
 * Base32 text of bytes without padding: the standard alphabet (RFC 4648, section 6) for ids and tickets, and the "extended hex" one
 * (section 7) for server names in TLS (WIRE 2.5, 7, 8). Pure functions, for any thread.
 *
 * <p>Messages of failures tell the place, never the text: it may be a secret.
 */
public final class Base32 {
  private static final byte[] STANDARD = "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTENDED_HEX = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
  private static final int BITS = 5;

  private Base32() {}

  /**
   * Returns the text in the standard alphabet, in lower case, without padding.
   *
   * @param bytes any bytes
   * @return the text, one character for each five bits begun
   */
  public static String encode(byte[] bytes) {
    return encode(bytes, STANDARD);
  }

  /**
   * Returns the text in the "extended hex" alphabet (0-9, a-v), in lower case, without padding.
   *
   * @param bytes any bytes
   * @return the text, one character for each five bits begun
   */
  public static String encodeHexAlphabet(byte[] bytes) {
    return encode(bytes, EXTENDED_HEX);
  }

  /**
   * Returns the bytes of a text in the standard alphabet. Letters of both cases are taken; every sequence of bytes still has one text
   * only, apart from the case.
   *
   * @param text the characters, without padding
   * @return new bytes
   * @throws IllegalArgumentException if a character is not of the alphabet, the length is one that no bytes have (1, 3 or 6 beyond a
   *     multiple of 8), or a bit after the last byte is set
   */
  public static byte[] decode(String text) {
    return decode(text, false);
  }

  /**
   * Returns the bytes of a text in the "extended hex" alphabet, as strict as {@link #decode(String)}.
   *
   * @param text the characters, without padding
   * @return new bytes
   * @throws IllegalArgumentException as {@link #decode(String)} does
   */
  public static byte[] decodeHexAlphabet(String text) {
    return decode(text, true);
  }

  private static String encode(byte[] bytes, byte[] alphabet) {
    int length = Math.toIntExact((8L * bytes.length + BITS - 1) / BITS);
    byte[] text = new byte[length];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < length; i++) {
      if (bits < BITS) {
        buffer = buffer << 8 | (next < bytes.length ? bytes[next] & 0xFF : 0);
        next++;
        bits += 8;
      }
      bits -= BITS;
      text[i] = alphabet[(buffer >>> bits) & 0x1F];
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static byte[] decode(String text, boolean hexAlphabet) {
    int tail = text.length() % 8;
    if (tail == 1 || tail == 3 || tail == 6) {
      throw new IllegalArgumentException("no bytes have base32 text of length " + text.length());
    }
    byte[] bytes = new byte[Math.toIntExact((long) text.length() * BITS / 8)];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = buffer << BITS | (hexAlphabet ? hexDigit(text, i) : digit(text, i));
      bits += BITS;
      if (bits >= 8) {
        bits -= 8;
        bytes[next++] = (byte) (buffer >>> bits);
      }
    }
    if ((buffer & ((1 << bits) - 1)) != 0) {
      throw new IllegalArgumentException("bits after the last byte of base32 text are set");
    }
    return bytes;
  }

  private static int digit(String text, int index) {
    char c = text.charAt(index);
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= '2' && c <= '7') {
      return c - '2' + 26;
    }
    throw new IllegalArgumentException("not a base32 character at index " + index);
  }

  private static int hexDigit(String text, int index) {
    char c = text.charAt(index);
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'v') {
      return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'V') {
      return c - 'A' + 10;
    }
    throw new IllegalArgumentException("not an extended hex base32 character at index " + index);
  }
}
