package org.docs4j.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.docs4j.api.model.Key;
import org.docs4j.api.wire.Hex;

/** Texts of peers made fit for a person's terminal. Pure functions. */
public final class Plain {
  private Plain() {}

  /** The text of bytes that are strictly UTF-8; empty when they are not. */
  public static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A key as a person reads it: its text, or {@code 0x} and hexadecimal digits where it is none. */
  public static String key(Key key) {
    byte[] bytes = key.toByteArray();
    return utf8(bytes).map(Plain::line).orElseGet(() -> "0x" + Hex.encode(bytes));
  }

  /** The text on one line, with control and formatting characters shown as escapes: nothing steers the terminal. */
  public static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE) {
                out.append(c == 0 ? "\\0" : String.format("\\u{%x}", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** A count of bytes with a unit that keeps it short. */
  public static String bytes(long count) {
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    if (Long.compareUnsigned(count, 1024) < 0) {
      return count + (count == 1 ? " byte" : " bytes");
    }
    double rest = count < 0 ? Math.pow(2, 63) : count;
    int unit = -1;
    while (rest >= 1024 && unit < units.length - 1) {
      rest /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", rest, units[unit]);
  }

  /** A number and its noun, in the singular for one. */
  public static String count(long number, String singular, String plural) {
    return number + " " + (number == 1 ? singular : plural);
  }
}
