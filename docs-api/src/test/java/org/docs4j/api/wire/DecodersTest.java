package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** Every decoder on the kept inputs of fuzzing, and on what chance makes of them. */
class DecodersTest {
  private static final int MUTATIONS = 20_000;

  private static List<byte[]> inputs() throws IOException, URISyntaxException {
    Path folder =
        Path.of(DecodersTest.class.getResource("DecodersTest.class").toURI()).resolveSibling("DecodersFuzzInputs/decode");
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }

  @Test
  void decode_keptInputs_nothingUnexpected() throws IOException, URISyntaxException {
    List<byte[]> inputs = inputs();
    assertTrue(inputs.size() >= 20, "kept inputs: " + inputs.size());
    inputs.forEach(Decoders::decode);
  }

  @Test
  void decode_alteredInputs_nothingUnexpected() throws IOException, URISyntaxException {
    List<byte[]> inputs = inputs();
    Seeded.run(
        "altered inputs",
        random -> {
          for (int i = 0; i < MUTATIONS; i++) {
            byte[] input = inputs.get(random.nextInt(inputs.size()));
            Decoders.decode(input.length == 0 ? input : Seeded.mutated(input, random));
          }
        });
  }
}
