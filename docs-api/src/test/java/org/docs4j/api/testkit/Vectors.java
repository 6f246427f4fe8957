package org.docs4j.api.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The values that real nodes and independent libraries agree on, from the test resource {@code vectors.json}. */
public final class Vectors {
  private static final Object ROOT = resource("vectors.json");

  private Vectors() {}

  /** The content of another test resource in JSON. */
  public static Object resource(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new AssertionError("the test resource " + name + " is missing");
      }
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value at a path of names (of objects) and numbers (of places in arrays). Fails if it is not there. */
  public static Object at(Object... path) {
    return within(ROOT, path);
  }

  /** The value at a path below another value. */
  public static Object within(Object start, Object... path) {
    Object value = start;
    for (Object step : path) {
      Object next = null;
      if (step instanceof Integer index && value instanceof List<?> list && index < list.size()) {
        next = list.get(index);
      } else if (value instanceof Map<?, ?> map) {
        next = map.get(step);
      }
      if (next == null) {
        throw new AssertionError("no vector at " + List.of(path));
      }
      value = next;
    }
    return value;
  }

  /** The string at a path. */
  public static String string(Object... path) {
    return (String) at(path);
  }

  /** The bytes whose hexadecimal text is at a path. */
  public static byte[] bytes(Object... path) {
    return HexFormat.of().parseHex(string(path));
  }

  /** The number at a path; the unsigned ones beyond 2^63 come as their 64 bits. */
  public static long number(Object... path) {
    return ((BigInteger) at(path)).longValue();
  }

  /** The elements of the array at a path. */
  public static List<?> list(Object... path) {
    return (List<?>) at(path);
  }

  /** The members of the object at a path. */
  public static Map<?, ?> map(Object... path) {
    return (Map<?, ?>) at(path);
  }
}
