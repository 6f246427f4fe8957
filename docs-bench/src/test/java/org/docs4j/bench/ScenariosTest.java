package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.docs4j.api.spi.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScenariosTest {
  @Test
  void when_nodeRunsInAProcessOfItsOwn_then_insertsAreMeasured(@TempDir Path folder) {
    Options options = Options.parse("--inserts", "50", "--warm-up", "20");
    Results results = new Results();
    NodeKind kind = NodeKind.ours(options, folder);
    try (Environment environment = Environment.system()) {
      new InsertScenario("insert-disk", true).run(new Bench(environment, folder, options, results), kind);
    }
    assertTrue(results.table(List.of(kind)).contains("| local insert of 50, disk, 64 in flight | /s | "));
  }
}
