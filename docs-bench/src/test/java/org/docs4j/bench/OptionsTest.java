package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void parse_everyOption_isTaken() {
    Options options =
        Options.parse("--rounds", "5", "--inserts", "7", "--warm-up", "9", "--sizes", "30,70000,20", "--differences", "5,0",
            "--only", "sync,start");
    assertEquals(5, options.rounds());
    assertEquals(7, options.inserts());
    assertEquals(9, options.warmUp());
    assertEquals(List.of(20, 30), options.smallSizes());
    assertEquals(List.of(70_000), options.largeSizes());
    assertEquals(List.of(0, 5), options.differences());
    assertEquals(Set.of("sync", "start"), options.only());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds 0", "--rounds x", "--rounds", "--only nothing", "--speed 9", "--sizes 1,,2", "--sizes 0", "--differences -1"})
  void parse_nonsense_isRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> Options.parse(line.split(" ")));
  }
}
