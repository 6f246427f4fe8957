package org.docs4j.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.junit.jupiter.api.Test;

class MemoryBlobsTest extends BlobStoreRules {
  MemoryBlobsTest() {
    super(new MemoryBlobsProvider());
  }

  @Test
  void add_beyondTheLimit_isRefusedAndTakesNoRoom() {
    try (BlobStore small = open(Map.of("memory-bytes", "100000"))) {
      byte[] tooMuch = TestContent.ofSize(100_001);
      for (int i = 0; i < 3; i++) {
        assertThrows(StoreFullException.class, () -> small.add(tooMuch));
      }
      assertEquals(new BlobStatus.Missing(), small.status(Hash.ofContent(tooMuch)));
      small.add(TestContent.ofSize(90_000));
      assertThrows(StoreFullException.class, () -> small.add(TestContent.ofSize(20_000)));
      assertEquals(1, small.collectGarbage());
      small.add(TestContent.ofSize(90_000));
    }
  }
}
