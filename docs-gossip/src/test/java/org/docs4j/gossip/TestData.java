package org.docs4j.gossip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;

/** Rows of the text files beside this class, and ids made of a number. */
public final class TestData {
  private TestData() {}

  /** The rows of a file, each cut at its bars. */
  public static List<List<String>> rows(String file) {
    try (InputStream in = Objects.requireNonNull(TestData.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.asList(line.split(" \\| ", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one row of a file with the given name. */
  public static List<String> row(String file, String name) {
    return rows(file).stream().filter(row -> row.get(0).equals(name)).findFirst().orElseThrow();
  }

  /** An endpoint id for a number. */
  public static EndpointId peer(int number) {
    return EndpointId.of(bytes(number));
  }

  /** A topic id for a number. */
  public static TopicId topic(int number) {
    return TopicId.of(bytes(number));
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) (number >>> 8);
    bytes[1] = (byte) number;
    bytes[31] = 1;
    return bytes;
  }
}
