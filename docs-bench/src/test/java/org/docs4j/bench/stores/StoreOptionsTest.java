package org.docs4j.bench.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoreOptionsTest {
  @Test
  void parse_nothing_measuresAllStoresUpToAMillion() {
    StoreOptions options = StoreOptions.parse();
    assertEquals(List.of(10_000, 100_000, 1_000_000), options.sizes());
    assertEquals(List.of("memory", "lmdb", "rocksdb"), options.stores());
  }

  @Test
  void parse_everything_isTaken() {
    StoreOptions options = StoreOptions.parse("--rounds", "2", "--sizes", "50,10", "--stores", "lmdb,memory");
    assertEquals(new StoreOptions(2, List.of(10, 50), List.of("lmdb", "memory")), options);
  }

  @Test
  void parse_nonsense_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> StoreOptions.parse("--rounds"));
    assertThrows(IllegalArgumentException.class, () -> StoreOptions.parse("--rounds", "0"));
    assertThrows(IllegalArgumentException.class, () -> StoreOptions.parse("--sizes", "x"));
    assertThrows(IllegalArgumentException.class, () -> StoreOptions.parse("--stores", "tape"));
    assertThrows(IllegalArgumentException.class, () -> StoreOptions.parse("--speed", "1"));
  }
}
