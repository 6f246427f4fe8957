package org.docs4j.api.wire;

import java.nio.charset.StandardCharsets;

/**
 * Lower-case hexadecimal text of bytes (WIRE 2.5). Pure functions, for any thread.
 *
 * <p>Messages of failures tell the place, never the text: it may be a secret.
 */
public final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Hex() {}

  /**
   * Returns two lower-case digits for each byte.
   *
   * @param bytes any bytes
   * @return the text, twice as long
   */
  public static String encode(byte[] bytes) {
    byte[] text = new byte[Math.multiplyExact(2, bytes.length)];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[(bytes[i] >> 4) & 0xF];
      text[2 * i + 1] = DIGITS[bytes[i] & 0xF];
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  /**
   * Returns the bytes of a text that {@link #encode} could have written: an even number of digits, letters in lower case, nothing else.
   *
   * @param text the digits
   * @return new bytes, half as many
   * @throws IllegalArgumentException if the length is odd or a character is no lower-case digit
   */
  public static byte[] decode(String text) {
    if (text.length() % 2 != 0) {
      throw new IllegalArgumentException("hex text has an odd length, " + text.length());
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digit(text, 2 * i) << 4 | digit(text, 2 * i + 1));
    }
    return bytes;
  }

  private static int digit(String text, int index) {
    char c = text.charAt(index);
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    throw new IllegalArgumentException("not a lower-case hex digit at index " + index);
  }
}
