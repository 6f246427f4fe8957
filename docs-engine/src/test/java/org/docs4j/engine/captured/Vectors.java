package org.docs4j.engine.captured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Values of the resource {@code vectors.json} by their paths; one that is missing fails the test. */
public final class Vectors {
  private static final JsonNode ROOT = read();

  private Vectors() {}

  private static JsonNode read() {
    try (InputStream in = Vectors.class.getResourceAsStream("vectors.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode at(String... path) {
    JsonNode at = ROOT;
    for (String name : path) {
      at = at.required(name);
    }
    return at;
  }

  /** The text at a path. */
  public static String text(String... path) {
    return at(path).asText();
  }

  static List<String> texts(String... path) {
    List<String> texts = new ArrayList<>();
    at(path).forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** The frames of a list of messages. */
  static List<String> frames(String... path) {
    List<String> frames = new ArrayList<>();
    at(path).forEach(message -> frames.add(message.required("frame").asText()));
    return frames;
  }
}
