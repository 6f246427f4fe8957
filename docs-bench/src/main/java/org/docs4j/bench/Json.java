package org.docs4j.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259): a map with names as keys, a list, a string, a number, a boolean or, for null, an empty
 * {@link Optional}.
 *
 * @param value the value
 */
record Json(Object value) {
  static final Json NULL = new Json(Optional.empty());

  /**
   * Reads one value with nothing but white space around it.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static Json parse(String text) {
    return new Json(JsonReader.read(text));
  }

  boolean isNull() {
    return value.equals(Optional.empty());
  }

  /** A member of an object; null where there is none. */
  Json at(String name) {
    return value instanceof Map<?, ?> map && map.containsKey(name) ? new Json(map.get(name)) : NULL;
  }

  /** The first element of a list; null where there is none. */
  Json first() {
    return value instanceof List<?> list && !list.isEmpty() ? new Json(list.get(0)) : NULL;
  }

  /** The names of an object's members. */
  List<String> names() {
    return value instanceof Map<?, ?> map ? map.keySet().stream().map(String.class::cast).toList() : List.of();
  }

  /**
   * The text of a string.
   *
   * @throws IllegalArgumentException if it is none
   */
  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a text: " + this);
  }

  String text(String otherwise) {
    return isNull() ? otherwise : text();
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is none
   */
  double number() {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("not a number: " + this);
  }

  int whole(int otherwise) {
    return isNull() ? otherwise : (int) number();
  }

  boolean isTrue() {
    return value.equals(true);
  }

  /** The value on one line. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        write(member.getKey(), out.append(separator));
        write(member.getValue(), out.append(':'));
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        write(element, out.append(separator));
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Json json) {
      write(json.value, out);
    } else {
      out.append(value instanceof Optional ? "null" : value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
