package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HexTest {
  @Test
  void encode_allByteValues_areTwoLowerCaseDigits() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertEquals(HexFormat.of().formatHex(all), Hex.encode(all));
    assertArrayEquals(all, Hex.decode(Hex.encode(all)));
  }

  @Test
  void encode_noBytes_isEmpty() {
    assertEquals("", Hex.encode(new byte[0]));
    assertArrayEquals(new byte[0], Hex.decode(""));
  }

  @Test
  void decode_randomBytes_comeBack() {
    Random random = new Random(1);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, Hex.decode(Hex.encode(bytes)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "abc", "0g", "AB", "aB", " a", "0x00", "00 ", "\u0660\u0661", "\u0161a", "--"})
  void decode_anythingButPairsOfLowerCaseDigits_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Hex.decode(text));
  }

  @Test
  void decode_failure_tellsThePlaceAndNotTheText() {
    String secret = "0123456789abcdefzz";
    String message = assertThrows(IllegalArgumentException.class, () -> Hex.decode(secret)).getMessage();
    assertEquals("not a lower-case hex digit at index 16", message);
    assertFalse(message.contains("0123"));
  }
}
