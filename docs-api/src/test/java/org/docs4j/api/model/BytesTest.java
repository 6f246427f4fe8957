package org.docs4j.api.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.docs4j.api.testkit.Seeded;
import org.docs4j.api.wire.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Bytes}, {@link Bytes32}, {@link Key}, and the texts of ids. */
class BytesTest {
  @Test
  void compareTo_isUnsignedAndLexicographic() {
    assertOrdered(bytes(), bytes(0), bytes(0, 0), bytes(0, 1), bytes(1), bytes(127), bytes(128), bytes(255));
  }

  @Test
  void of_array_isACopy() {
    byte[] array = {1, 2, 3};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertEquals(bytes(1, 2, 3), bytes);
    assertEquals(2, bytes.at(1));
    assertEquals("010203", bytes.toString());
    assertEquals(bytes(2), Bytes.of(new byte[] {1, 2, 3}, 1, 1));
    assertSame(Bytes.EMPTY, Bytes.of(new byte[3], 3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.of(new byte[3], 2, 2));
  }

  @Test
  void startsWith_everyPrefix_isTrue() {
    Key key = Key.of("abc");
    assertTrue(key.startsWith(Key.EMPTY));
    assertTrue(key.startsWith(Key.of("ab")));
    assertTrue(key.startsWith(key));
    assertFalse(key.startsWith(Key.of("b")));
    assertFalse(Key.of("ab").startsWith(key));
  }

  @Test
  void key_next_isTheSmallestGreaterOne() {
    assertEquals(Key.of(new byte[] {0}), Key.EMPTY.next());
    Key key = Key.of(new byte[] {'a', (byte) 0xFF});
    assertEquals(Key.of(new byte[] {'a', (byte) 0xFF, 0}), key.next());
    assertTrue(key.compareTo(key.next()) < 0);
  }

  @Test
  void key_ofBytesThatAreNoText_showsReplacements() {
    assertEquals("a\uFFFD", Key.of(new byte[] {'a', (byte) 0xFF}).toString());
    assertEquals("ü", Key.of("ü").text());
    assertEquals(2, Key.of("ü").size());
  }

  @Test
  void bytes32_order_isThatOfItsBytes() {
    Seeded.run(
        "bytes32",
        random -> {
          for (int i = 0; i < 1000; i++) {
            byte[] a = new byte[32];
            random.nextBytes(a);
            byte[] b = a.clone();
            b[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            int expected = Integer.signum(Arrays.compareUnsigned(a, b));
            assertEquals(expected, Integer.signum(Bytes32.of(a).compareTo(Bytes32.of(b))));
            assertEquals(-expected, Integer.signum(Hash.of(b).compareTo(Hash.of(a))));
            assertArrayEquals(a, Bytes32.of(a).toByteArray());
            assertEquals(Bytes32.of(b), Bytes32.of(a).xor(Bytes32.of(b)).xor(Bytes32.of(a)));
          }
        });
  }

  @Test
  void bytes32_ofOtherLength_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Bytes32.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Bytes32.of(new byte[33]));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes32.of(new byte[33], 2));
    assertThrows(IllegalArgumentException.class, () -> Bytes32.parseHex("00"));
  }

  @Test
  void id_isReadFromHexOfEitherCaseAndFromBase32() {
    String hex = "0123456789abcdef".repeat(4);
    AuthorId id = AuthorId.parse(hex);
    assertEquals(hex, id.toString());
    assertEquals("0123456789", id.shortText());
    assertEquals(id, AuthorId.parse(hex.toUpperCase(Locale.ROOT)));
    assertEquals(id, AuthorId.parse(Base32.encode(HexFormat.of().parseHex(hex))));
    assertEquals(id.bytes(), NamespaceId.parse(hex).topic().bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"
      })
  void id_ofOtherText_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> EndpointId.parse(text));
    assertThrows(IllegalArgumentException.class, () -> Hash.parse(text));
    assertThrows(IllegalArgumentException.class, () -> TopicId.parse(text));
    assertThrows(IllegalArgumentException.class, () -> NamespaceId.parse(text));
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.of(bytes);
  }

  private static void assertOrdered(Bytes... ordered) {
    for (int i = 0; i < ordered.length; i++) {
      for (int j = 0; j < ordered.length; j++) {
        assertEquals(Integer.compare(i, j), Integer.signum(ordered[i].compareTo(ordered[j])), i + " and " + j);
        assertEquals(i == j, ordered[i].equals(ordered[j]));
        assertEquals(
            Integer.compare(i, j), Integer.signum(new Key(ordered[i]).compareTo(new Key(ordered[j]))));
      }
    }
  }
}
