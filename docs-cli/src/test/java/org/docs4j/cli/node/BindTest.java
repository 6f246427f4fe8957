package org.docs4j.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BindTest {
  @Test
  void parse_addressAndPort_takesBoth() {
    Bind bind = Bind.parse("127.0.0.1:4433");

    assertEquals("127.0.0.1", bind.address().getHostAddress());
    assertEquals(4433, bind.with(OptionalInt.of(7)).getPort());
  }

  @Test
  void parse_noPortOrZero_takesTheRememberedOne() {
    assertEquals(7, Bind.parse("127.0.0.1").with(OptionalInt.of(7)).getPort());
    assertEquals(7, Bind.parse("127.0.0.1:0").with(OptionalInt.of(7)).getPort());
    assertEquals(0, Bind.parse("127.0.0.1:0").with(OptionalInt.empty()).getPort());
  }

  @Test
  void parse_ipv6_standsInBrackets() {
    assertEquals("0:0:0:0:0:0:0:1", Bind.parse("[::1]:5").address().getHostAddress());
    assertEquals(5, Bind.parse("[::1]:5").port());
    assertEquals(0, Bind.parse("[::1]").port());
  }

  @Test
  void parse_portOnly_isEveryAddress() {
    Bind bind = Bind.parse(":99");

    assertTrue(bind.address().isAnyLocalAddress());
    assertEquals(99, bind.port());
  }

  @Test
  void parse_anythingElse_isRefused() {
    for (String text :
        List.of(
            "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x", "::1", "[::1", "[::1]5", "a:b:c", "1.2.3",
            "1.2.3:4", "192.0.2.1:5")) {
      assertThrows(BadInputException.class, () -> Bind.parse(text), text);
    }
  }
}
