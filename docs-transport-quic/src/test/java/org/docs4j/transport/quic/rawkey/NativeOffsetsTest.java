package org.docs4j.transport.quic.rawkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

class NativeOffsetsTest {
  @Test
  void table_isThatOfTheLibrariesThatWeDependOn() throws Exception {
    String table;
    try (InputStream in = NativeOffsets.class.getResourceAsStream(NativeOffsets.RESOURCE)) {
      table = new String(in.readAllBytes(), US_ASCII);
    }
    assertEquals(NativeOffsetsTool.table(NativeOffsetsTool.jars()), table, "make it again, as the README says");
    assertEquals(4L * (1 + BoringSslFunction.values().length), table.lines().count());
  }

  @Test
  void of_anotherLibrary_isEmpty() throws Exception {
    assertTrue(NativeOffsets.of("00".repeat(32)).isEmpty());
  }

  @Test
  void read_whatIsNoLibrary_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> SymbolTable.read(new byte[64]));
  }
}
