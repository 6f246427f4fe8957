package org.docs4j.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * One JSON object (RFC 8259), built member by member in the order of the calls; used by one thread.
 *
 * <p>{@link #toString} is a single line of text without control characters, whatever the strings hold.
 */
public final class Json {
  private final List<String> members = new ArrayList<>();

  private Json() {}

  /** Begins a message of the given kind: an object whose first member is {@code event}. */
  public static Json event(String kind) {
    return new Json().put("event", kind);
  }

  /** Adds a text. */
  public Json put(String name, String value) {
    return raw(name, quote(value));
  }

  /** Adds a whole number. */
  public Json put(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a whole number between 0 and 2<sup>64</sup> - 1, held in the bits of a long. */
  public Json putUnsigned(String name, long value) {
    return raw(name, Long.toUnsignedString(value));
  }

  /** Adds true or false. */
  public Json put(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  /** Adds an array of texts. */
  public Json put(String name, List<String> values) {
    return raw(name, "[" + String.join(",", values.stream().map(Json::quote).toList()) + "]");
  }

  @Override
  public String toString() {
    return "{" + String.join(",", members) + "}";
  }

  private Json raw(String name, String value) {
    members.add(quote(name) + ":" + value);
    return this;
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || loneSurrogate(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Whether the character is half of a pair whose other half is missing: UTF-8 has no form for it. */
  private static boolean loneSurrogate(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
