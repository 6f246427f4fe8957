package org.docs4j.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void toString_membersOfEveryKind_keepsTheirOrder() {
    Json json =
        Json.event("x").put("text", "a").put("number", -5L).putUnsigned("big", -1L).put("yes", true).put("list", List.of("b", "c"));

    assertEquals(
        "{\"event\":\"x\",\"text\":\"a\",\"number\":-5,\"big\":18446744073709551615,\"yes\":true,\"list\":[\"b\",\"c\"]}",
        json.toString());
  }

  @Test
  void put_specialCharacters_staysOnOneLineAndIsValid() {
    String json = Json.event("x").put("t", "\"\\\n\r\t\0\u0001\u007f\u2028\u2029ü\ud83d\ude00").toString();

    assertEquals(
        "{\"event\":\"x\",\"t\":\"\\\"\\\\\\n\\r\\t\\u0000\\u0001\\u007f\\u2028\\u2029ü\ud83d\ude00\"}", json);
  }

  @Test
  void put_halfSurrogates_areEscaped() {
    assertEquals("{\"event\":\"\\ud83d\"}", Json.event("\ud83d").toString());
    assertEquals("{\"event\":\"\\ude00x\"}", Json.event("\ude00x").toString());
  }

  @Test
  void put_emptyList_isAnEmptyArray() {
    assertEquals("{\"event\":\"x\",\"l\":[]}", Json.event("x").put("l", List.of()).toString());
  }
}
