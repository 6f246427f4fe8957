package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector of the postcard encoding, written and read. */
class PostcardVectorsTest {
  static List<?> vectors() {
    return Vectors.list("postcard");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector_isWrittenAndRead(Map<?, ?> vector) {
    byte[] bytes = HexFormat.of().parseHex((String) vector.get("hex"));
    PostcardWriter out = new PostcardWriter();
    PostcardReader in = new PostcardReader(bytes);
    String value = String.valueOf(vector.get("value"));
    switch ((String) vector.get("type")) {
      case "u64 varint" -> {
        out.u64(Long.parseUnsignedLong(value));
        assertEquals(Long.parseUnsignedLong(value), in.u64());
      }
      case "u16 varint" -> {
        out.u16(Integer.parseInt(value));
        assertEquals(Integer.parseInt(value), in.u16());
      }
      case "bool" -> {
        out.bool(Boolean.parseBoolean(value));
        assertEquals(Boolean.parseBoolean(value), in.bool());
      }
      case "u8 (never a varint)" -> {
        out.u8(Integer.parseInt(value));
        assertEquals(Integer.parseInt(value), in.u8());
      }
      case "Option<[u8;2]> None" -> {
        out.option(false);
        assertFalse(in.option());
      }
      case "Option<[u8;2]> Some(0102)" -> {
        out.option(true).fixed(new byte[] {1, 2});
        assertTrue(in.option());
        assertArrayEquals(new byte[] {1, 2}, in.fixed(2));
      }
      case "[u8;3] fixed array" -> {
        out.fixed(new byte[] {10, 11, 12});
        assertArrayEquals(new byte[] {10, 11, 12}, in.fixed(3));
      }
      case "Vec<u8>/Bytes 0a0b0c" -> {
        out.byteString(new byte[] {10, 11, 12});
        assertArrayEquals(new byte[] {10, 11, 12}, in.byteString(3));
      }
      case "String \"hi\"" -> {
        out.string("hi");
        assertEquals("hi", in.string(2));
      }
      case "Vec<(u64,[u8;1])> [(300,ff),(1,00)]" -> {
        out.count(2).u64(300).u8(0xFF).u64(1).u8(0);
        assertEquals(2, in.count(2, 2));
        assertEquals(300, in.u64());
        assertEquals(0xFF, in.u8());
        assertEquals(1, in.u64());
        assertEquals(0, in.u8());
      }
      default -> throw new AssertionError("a vector that no case knows: " + vector);
    }
    in.expectEnd();
    assertArrayEquals(bytes, out.toByteArray());
  }
}
