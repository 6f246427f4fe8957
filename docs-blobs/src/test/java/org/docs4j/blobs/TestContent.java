package org.docs4j.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Content and recordings that several tests use. */
public final class TestContent {
  private TestContent() {}

  /** Content as the vectors and recordings have it: byte i is i mod 251. */
  public static byte[] ofSize(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i % 251);
    }
    return content;
  }

  /** The words of each line of a test resource that is no comment. */
  public static List<List<String>> lines(String resource) {
    try (InputStream in = TestContent.class.getResourceAsStream("/org/docs4j/blobs/" + resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(line -> List.of(line.split(" "))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
