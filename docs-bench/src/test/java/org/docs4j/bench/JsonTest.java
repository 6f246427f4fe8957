package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(strings = {
    "{}", "[]", "[1,-2,3.5]", "{\"a\":{\"b\":[true,false,null]},\"c\":\"\"}", "\"a\\\"b\\\\c\\u0001\"", "\"ü\uD83D\uDE00\""
  })
  void toString_parsedText_isTheTextAgain(String text) {
    assertEquals(text, Json.parse(text).toString());
  }

  @Test
  void parse_spaceAndEscapes_areRead() {
    Json json = Json.parse(" { \"a\" : [ 1 , 2e3 ] , \"b\" : \"x\\n\\u0041\\/\" } ");
    assertEquals(new Json(Map.of("a", List.of(1L, 2000.0), "b", "x\nA/")), json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "\"a", "\"\\u12\"", "\"\\q\"", "nul", "1 2", "x", "--1"})
  void parse_brokenText_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
  }

  @Test
  void at_missingMember_isNull() {
    Json json = Json.parse("{\"a\":null,\"b\":0,\"c\":true}");
    assertTrue(json.at("a").isNull());
    assertTrue(json.at("x").at("y").isNull());
    assertEquals(7, json.at("x").whole(7));
    assertEquals("-", json.at("x").text("-"));
    assertFalse(json.at("b").isNull());
    assertTrue(json.at("c").isTrue());
    assertEquals(Optional.empty(), json.at("a").value());
    assertThrows(IllegalArgumentException.class, () -> json.at("b").text());
    assertThrows(IllegalArgumentException.class, () -> json.at("c").number());
  }
}
