package org.docs4j.api.spi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.docs4j.api.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOptionsTest {
  private static final List<String> WORDS = List.of("none", "some");

  private static StoreOptions given(String name, String value) {
    return StoreOptions.of("test", Map.of(name, value));
  }

  @Test
  void read_whatIsNotGiven_isTheDefault() {
    StoreOptions options = StoreOptions.of("test", Map.of());
    assertEquals(7, options.number("size", 7, 0, 9));
    assertTrue(options.flag("on", true));
    assertEquals("some", options.choice("kind", "some", WORDS));
    options.requireNoOthers();
  }

  @Test
  void read_whatIsGiven_isTakenWithItsBounds() {
    assertEquals(0, given("size", "0").number("size", 7, 0, 9));
    assertEquals(9, given("size", "9").number("size", 7, 0, 9));
    assertFalse(given("on", "false").flag("on", true));
    assertTrue(given("on", "true").flag("on", false));
    assertEquals("none", given("kind", "none").choice("kind", "some", WORDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 5", "5k", "-1", "10", "five", "0x5", "99999999999999999999"})
  void number_thatIsNoneOrOutOfRange_isRefusedByName(String text) {
    refused("size", () -> given("size", text).number("size", 7, 0, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "yes", "1", "true "})
  void flag_thatIsNeither_isRefusedByName(String text) {
    refused("on", () -> given("on", text).flag("on", false));
  }

  @Test
  void choice_thatIsNone_isRefusedWithTheChoices() {
    StoreException refusal = refused("kind", () -> given("kind", "all").choice("kind", "some", WORDS));
    assertTrue(refusal.getMessage().contains("none, some"), refusal.getMessage());
  }

  @Test
  void requireNoOthers_withOneLeft_isRefusedByName() {
    StoreOptions options = StoreOptions.of("test", Map.of("size", "1", "sise", "2"));
    assertEquals(1, options.number("size", 7, 0, 9));
    refused("sise", options::requireNoOthers);
  }

  private static StoreException refused(String name, Runnable read) {
    StoreException refusal = assertThrows(StoreException.class, read::run);
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("test store"), refusal.getMessage());
    return refusal;
  }
}
