package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base32Test {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "f, my, co",
    "fo, mzxq, cpng",
    "foo, mzxw6, cpnmu",
    "foob, mzxw6yq, cpnmuog",
    "fooba, mzxw6ytb, cpnmuoj1",
    "foobar, mzxw6ytboi, cpnmuoj1e8",
  })
  void encode_valuesOfRfc4648Section10_match(String plain, String standard, String extendedHex) {
    assertEquals(standard, Base32.encode(ascii(plain)));
    assertEquals(extendedHex, Base32.encodeHexAlphabet(ascii(plain)));
    assertArrayEquals(ascii(plain), Base32.decode(standard));
    assertArrayEquals(ascii(plain), Base32.decodeHexAlphabet(extendedHex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespace", "author", "endpoint", "author2"})
  void encode_idsOfVectors_match(String name) {
    byte[] id = Vectors.bytes("keys", name, "public");
    String text = Vectors.string("keys", name, "public_b32_lower_nopad");
    assertEquals(text, Base32.encode(id));
    assertArrayEquals(id, Base32.decode(text));
    assertArrayEquals(id, Base32.decode(text.toUpperCase(Locale.ROOT)));
  }

  @Test
  void encodeHexAlphabet_serverNameOfVectors_matches() {
    String name = Vectors.string("keys", "endpoint", "sni_ge_0_33");
    String label = name.substring(0, name.indexOf('.'));
    byte[] id = Vectors.bytes("keys", "endpoint", "public");
    assertEquals(label, Base32.encodeHexAlphabet(id));
    assertArrayEquals(id, Base32.decodeHexAlphabet(label));
    assertArrayEquals(id, Base32.decodeHexAlphabet(label.toUpperCase(Locale.ROOT)));
  }

  @Test
  void decode_randomBytes_comeBack() {
    Random random = new Random(2);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, Base32.decode(Base32.encode(bytes)));
      assertArrayEquals(bytes, Base32.decodeHexAlphabet(Base32.encodeHexAlphabet(bytes)));
    }
  }

  @Test
  void decode_allTextsOfTwoCharacters_takesOneTextForEachByte() {
    String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    Set<Byte> seen = new HashSet<>();
    int refused = 0;
    for (int i = 0; i < 32 * 32; i++) {
      String text = new String(new char[] {alphabet.charAt(i / 32), alphabet.charAt(i % 32)});
      try {
        seen.add(Base32.decode(text)[0]);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertEquals(256, seen.size());
    assertEquals(32 * 32 - 256, refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "aaa", "aaaaaa", "aaaaaaaaa", "aaaaaaaaaaa", "aaaaaaaaaaaaaa"})
  void decode_impossibleLength_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Base32.decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "mz", "mzxr", "mzxw7", "mzxw6yr", "mzxw6ytboj"})
  void decode_bitAfterTheLastByte_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Base32.decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1", "a8", "a9", "a0", "my======", "m y", "a-", "a\u017f", "\u0131a", "\u212aa"})
  void decode_characterOutsideTheAlphabet_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Base32.decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0w", "zz", "0W", "c=", "\u0661o"})
  void decodeHexAlphabet_characterOutsideTheAlphabet_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Base32.decodeHexAlphabet(text));
  }

  @Test
  void decode_failure_tellsThePlace() {
    String message = assertThrows(IllegalArgumentException.class, () -> Base32.decode("aaaa1aaa")).getMessage();
    assertEquals("not a base32 character at index 4", message);
  }
}
