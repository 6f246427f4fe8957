package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void table_severalRounds_hasMedianAndEnds() {
    Figures figures = new Figures();
    for (double figure : new double[] {3000, 1, 20}) {
      figures.add("row", "one", figure);
    }
    figures.add("row", "two", 7);
    figures.add("other", "two", 1);
    assertEquals(
        """
        | | one | two |
        |---|--:|--:|
        | row | 20.0 (1.00-3,000) | 7.00 |
        | other | - | 1.00 |
        """,
        figures.table(List.of("one", "two")));
  }

  @Test
  void compare_roundByRound_isTheMedianOfTheRatios() {
    Figures figures = new Figures();
    for (int i = 1; i <= 2; i++) {
      figures.add("bare", "one", 10 * i);
      figures.add("indexed", "one", 5);
    }
    figures.compare("ratio", "bare", "indexed");
    figures.compare("nothing", "bare", "missing");
    assertEquals("| ratio | 3.00 (2.00-4.00) |", figures.table(List.of("one")).lines().skip(4).findFirst().orElseThrow());
    assertEquals(5, figures.table(List.of("one")).lines().count());
  }

  @Test
  void comparison_inEitherDirection_saysHowManyTimesBetterTheFirstIs() {
    Figures figures = new Figures();
    for (double figure : new double[] {10, 30, 20}) {
      figures.add("rate", "ours", figure);
      figures.add("time", "ours", figure);
    }
    figures.add("rate", "theirs", 25);
    figures.add("time", "theirs", 25);
    figures.add("alone", "ours", 1);
    assertEquals(
        """
        | | ours | theirs | ratio |
        |---|--:|--:|--:|
        | rate | 20.0 (10.0-30.0) | 25.0 | 0.80x |
        | time | 20.0 (10.0-30.0) | 25.0 | 1.25x |
        | alone | 1.00 | - | - |
        """,
        figures.comparison("ours", "theirs", "rate"::equals));
  }
}
