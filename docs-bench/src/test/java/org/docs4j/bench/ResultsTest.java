package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private final NodeKind ours = new NodeKind("ours", List.of());
  private final NodeKind theirs = new NodeKind("theirs", List.of());
  private final Results results = new Results();

  private void add(Row row, NodeKind kind, double... figures) {
    for (double figure : figures) {
      results.add(row, kind, figure);
    }
  }

  @Test
  void table_moreIsBetter_ratioIsOursToTheirs() {
    add(Row.perSecond("insert"), ours, 3000, 1000, 2000);
    add(Row.perSecond("insert"), theirs, 500, 400, 600);
    assertTrue(results.table(List.of(ours, theirs))
        .endsWith("| insert | /s | 2000 (1000-3000) | 500 (400-600) | 4.00x |\n"));
  }

  @Test
  void table_lessIsBetter_ratioIsTheirsToOurs() {
    add(Row.millis("sync"), ours, 10, 20);
    add(Row.millis("sync"), theirs, 7.5);
    assertTrue(results.table(List.of(ours, theirs)).endsWith("| sync | ms | 15.0 (10.0-20.0) | 7.5 | 0.50x |\n"));
  }

  @Test
  void table_severalOthers_ratioIsToTheBest() {
    NodeKind others = new NodeKind("others", List.of());
    add(Row.millis("sync"), ours, 10);
    add(Row.millis("sync"), theirs, 30);
    add(Row.millis("sync"), others, 20);
    assertTrue(results.table(List.of(ours, theirs, others)).endsWith("| sync | ms | 10.0 | 30.0 | 20.0 | 2.00x |\n"));
    assertTrue(results.table(List.of(ours, others, theirs)).endsWith("| 2.00x |\n"));
  }

  @Test
  void table_oneKindAlone_hasNoRatio() {
    add(Row.millis("sync"), ours, 10);
    assertEquals("| row | unit | ours |\n|---|---|--:|\n| sync | ms | 10.0 |\n", results.table(List.of(ours)));
  }

  @Test
  void table_kindThatFailed_showsADash() {
    add(Row.millis("sync"), ours, 10);
    assertTrue(results.table(List.of(ours, theirs)).endsWith("| sync | ms | 10.0 | - | - |\n"));
  }

  @Test
  void percentile_shares_areReachedByAValue() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
    assertEquals(2.0, Percentiles.percentile(values, 0.5));
    assertEquals(4.0, Percentiles.percentile(values, 0.99));
    assertEquals(1.0, Percentiles.percentile(values, 0.0));
    assertEquals(2.5, Percentiles.median(values));
  }
}
