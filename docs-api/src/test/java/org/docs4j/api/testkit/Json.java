package org.docs4j.api.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small JSON reader for test resources. Objects become maps in their order, arrays lists, whole numbers {@link BigInteger}, others
 * {@link BigDecimal}, null an empty {@link Optional}, the rest strings and booleans.
 */
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Reads one value, with nothing but white space around it. */
  public static Object parse(String text) {
    Json reader = new Json(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at != text.length()) {
      throw reader.failure("text after the value");
    }
    return value;
  }

  private Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Optional.empty());
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    skipSpace();
    while (peek() != '}') {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      if (map.put(name, value()) != null) {
        throw failure("a name twice");
      }
      separator('}');
    }
    at++;
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    at++;
    skipSpace();
    while (peek() != ']') {
      list.add(value());
      separator(']');
    }
    at++;
    return list;
  }

  private void separator(char end) {
    skipSpace();
    if (peek() != end) {
      expect(',');
      skipSpace();
      if (peek() == end) {
        throw failure("a value missing");
      }
    }
  }

  private String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      result.append(c == '\\' ? escaped() : c);
    }
    at++;
    return result.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> c;
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "-+.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (start == at) {
      throw failure("no value");
    }
    String digits = text.substring(start, at);
    return digits.chars().allMatch(c -> c == '-' || Character.isDigit(c)) ? new BigInteger(digits) : new BigDecimal(digits);
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw failure("no value");
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw failure("no '" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw failure("the end");
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException failure(String what) {
    return new IllegalArgumentException(what + " at index " + at);
  }
}
