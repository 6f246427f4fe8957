package org.docs4j.bench.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTableTest {
  private static final TransportOptions SMALL =
      TransportOptions.parse(
          "--rounds", "1", "--mebibytes", "3", "--warm-ups", "1", "--handshakes", "2", "--requests", "3",
          "--connections", "4");

  @Test
  void parse_arguments_areRoundTrips() {
    assertEquals(SMALL, TransportOptions.parse(SMALL.arguments().toArray(String[]::new)));
    assertEquals(256, TransportOptions.parse().mebibytes());
    assertEquals(List.of("requests", "idle"), TransportOptions.parse("--only", "requests,idle").only());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds", "--rounds 0", "--rounds x", "--sizes 3", "--only x"})
  void parse_whatMakesNoSense_isRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> TransportOptions.parse(line.split(" ")));
  }

  @Test
  void run_small_measuresEveryRowOfBoth() throws Exception {
    Assumptions.assumeTrue(Epoll.isAvailable(), "the library is measured with epoll, which is on Linux");
    String table = new TransportTable(SMALL).run();
    List<String> rows = table.lines().filter(line -> line.startsWith("| ") && line.contains("[")).toList();
    assertEquals(12, rows.size(), table);
    assertFalse(table.contains("FAILED"), table);
    assertTrue(rows.stream().allMatch(row -> row.matches(".*\\d+\\.\\d\\dx \\|")), table);
  }

  @Test
  void run_onlyOnePart_measuresNothingElse() throws Exception {
    Assumptions.assumeTrue(Epoll.isAvailable(), "the library is measured with epoll, which is on Linux");
    String table =
        new TransportTable(TransportOptions.parse("--rounds", "1", "--requests", "2", "--only", "requests")).run();
    List<String> rows = table.lines().filter(line -> line.startsWith("| ") && line.contains("[")).toList();
    assertEquals(2, rows.size(), table);
    assertTrue(rows.stream().allMatch(row -> row.startsWith("| request of 64 bytes")), table);
  }
}
