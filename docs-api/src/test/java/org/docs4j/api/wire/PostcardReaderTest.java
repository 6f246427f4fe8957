package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostcardReaderTest {
  @ParameterizedTest
  @CsvSource({"00, 0", "8000, 0", "808000, 0", "ff00, 127", "ffff03, 65535", "feff03, 65534"})
  void u16_withinItsRange_isRead(String hex, int value) {
    assertEquals(value, reader(hex).u16());
  }

  @ParameterizedTest
  @ValueSource(strings = {"808004", "ffff04", "ffff7f", "80808000", "ffffff"})
  void u16_aboveItsRangeOrTooLong_isMalformed(String hex) {
    assertMalformed(hex, PostcardReader::u16, "too large");
  }

  @ParameterizedTest
  @CsvSource({"00, 0", "8080808000, 0", "ffffffff0f, 4294967295", "8080808008, 2147483648"})
  void u32_withinItsRange_isRead(String hex, long value) {
    assertEquals(value, reader(hex).u32());
  }

  @ParameterizedTest
  @ValueSource(strings = {"8080808010", "ffffffff1f", "ffffffff7f", "808080808000"})
  void u32_aboveItsRangeOrTooLong_isMalformed(String hex) {
    assertMalformed(hex, PostcardReader::u32, "too large");
  }

  @ParameterizedTest
  @CsvSource({
    "80808080808080808000, 0",
    "ffffffffffffffff7f, 9223372036854775807",
    "80808080808080808001, 9223372036854775808",
    "ffffffffffffffffff01, 18446744073709551615"
  })
  void u64_withinItsRange_isRead(String hex, String value) {
    assertEquals(Long.parseUnsignedLong(value), reader(hex).u64());
  }

  @ParameterizedTest
  @ValueSource(strings = {"80808080808080808002", "ffffffffffffffffff7f", "8080808080808080808000"})
  void u64_aboveItsRangeOrTooLong_isMalformed(String hex) {
    assertMalformed(hex, PostcardReader::u64, "too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ffff"})
  void varint_cutOff_isMalformed(String hex) {
    assertMalformed(hex, PostcardReader::u16, "cut off");
    assertMalformed(hex, PostcardReader::u32, "cut off");
    assertMalformed(hex, PostcardReader::u64, "cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "80", "ff"})
  void bool_otherThanZeroAndOne_isMalformed(String hex) {
    assertMalformed(hex, PostcardReader::bool, "truth value");
    assertMalformed(hex, PostcardReader::option, "truth value");
  }

  @Test
  void variant_unknown_isMalformed() {
    assertEquals(2, reader("02").variant(3, "thing"));
    assertMalformed("03", in -> in.variant(3, "thing"), "no thing of kind 3 (at byte 0)");
    assertMalformed("ffffffff0f", in -> in.variant(3, "thing"), "no thing of kind 4294967295");
  }

  @Test
  void count_ofMoreThanBytesCanHold_isMalformed() {
    assertEquals(2, reader("0200000000").count(10, 2));
    assertMalformed("0300000000", in -> in.count(10, 2), "3 elements announced in the last 4 bytes");
    assertMalformed("0300000000", in -> in.count(2, 1), "at most 2");
    assertMalformed("ffffffffffffffffff01", in -> in.count(Integer.MAX_VALUE, 1), "18446744073709551615 elements");
    assertMalformed("ffffffff07", in -> in.count(Integer.MAX_VALUE, Integer.MAX_VALUE), "2147483647 elements");
  }

  @Test
  void byteString_ofHugeLength_isMalformedBeforeAnythingIsAllocated() {
    assertMalformed("ffffffff07", in -> in.byteString(Integer.MAX_VALUE), "2147483647 elements");
    assertMalformed("ffffffffffffffff7f", in -> in.bytes(Integer.MAX_VALUE), "at most");
    assertMalformed("ffffffff0700", in -> in.string(Integer.MAX_VALUE), "2147483647 elements");
  }

  @Test
  void byteString_aboveTheLimit_isMalformed() {
    assertArrayEquals(new byte[] {1, 2}, reader("020102").byteString(2));
    assertEquals(Bytes.of(new byte[] {1, 2}), reader("020102").bytes(2));
    assertMalformed("020102", in -> in.byteString(1), "at most 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01ff", "02c080", "03eda080", "01c3"})
  void string_ofInvalidUtf8_isMalformed(String hex) {
    assertMalformed(hex, in -> in.string(10), "UTF-8");
  }

  @Test
  void string_ofUtf8_isRead() {
    assertEquals("ü€", reader("05c3bce282ac").string(5));
    assertEquals("", reader("00").string(0));
  }

  @Test
  void socketAddress_ofBothFamilies_isRead() {
    assertEquals(new InetSocketAddress("192.0.2.1", 4433), reader("00c0000201d122").socketAddress());
    assertEquals(
        new InetSocketAddress("2001:db8::1", 65535),
        reader("0120010db8000000000000000000000001ffff03").socketAddress());
    assertMalformed("02c0000201d122", PostcardReader::socketAddress, "no socket address of kind 2");
    assertMalformed("00c00002", PostcardReader::socketAddress, "4 bytes expected, 3 are left (at byte 1)");
    assertMalformed("00c0000201", PostcardReader::socketAddress, "cut off");
  }

  @Test
  void socketAddress_ofIpv4WrittenAsIpv6_becomesIpv4() {
    assertEquals(
        new InetSocketAddress("192.0.2.1", 1), reader("0100000000000000000000ffffc000020101").socketAddress());
  }

  @Test
  void fixed_beyondTheEnd_isMalformed() {
    assertMalformed("0102", in -> in.fixed(3), "3 bytes expected, 2 are left");
    assertMalformed("0102", in -> in.fixedBytes(3), "3 bytes expected");
    assertMalformed("00".repeat(31), PostcardReader::bytes32, "32 bytes expected, 31 are left");
    assertMalformed("", PostcardReader::u8, "1 bytes expected, 0 are left");
    assertThrows(IllegalArgumentException.class, () -> reader("0102").fixed(-1));
  }

  @Test
  void expectEnd_beforeTheEnd_isMalformed() {
    PostcardReader in = reader("010203");
    in.u8();
    MalformedMessageException e = assertThrows(MalformedMessageException.class, in::expectEnd);
    assertEquals("2 bytes too many (at byte 1)", e.getMessage());
    in.fixed(2);
    in.expectEnd();
  }

  @Test
  void reader_ofPartOfArray_staysWithinIt() {
    byte[] bytes = HexFormat.of().parseHex("aa0102bb");
    PostcardReader in = new PostcardReader(bytes, 1, 2);
    assertEquals(2, in.remaining());
    assertEquals(1, in.u8());
    assertEquals(1, in.position());
    assertEquals(2, in.u8());
    assertThrows(MalformedMessageException.class, in::u8);
    assertThrows(IndexOutOfBoundsException.class, () -> new PostcardReader(bytes, 1, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> new PostcardReader(bytes, -1, 2));
  }

  @Test
  void reader_ofBuffers_readsWhatRemainsAndLeavesThePosition() {
    ByteBuffer heap = ByteBuffer.wrap(HexFormat.of().parseHex("aa0102bb"), 1, 2).slice();
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put((byte) 9).put((byte) 1).put((byte) 2).position(1);
    for (ByteBuffer buffer : new ByteBuffer[] {heap, heap.asReadOnlyBuffer(), direct}) {
      int before = buffer.position();
      PostcardReader in = PostcardReader.of(buffer);
      assertArrayEquals(new byte[] {1, 2}, in.fixed(2));
      in.expectEnd();
      assertEquals(before, buffer.position());
    }
  }

  @Test
  void copy_movesOnItsOwn() {
    PostcardReader in = reader("010203");
    in.u8();
    PostcardReader copy = in.copy();
    assertEquals(2, copy.u8());
    assertEquals(3, copy.u8());
    assertEquals(1, in.position());
    assertEquals(2, in.u8());
    assertEquals(3, copy.position());
  }

  @Test
  void bytes32_isReadWithoutLength() {
    assertEquals(
        Bytes32.parseHex("01".repeat(16) + "ff".repeat(16)), reader("01".repeat(16) + "ff".repeat(16)).bytes32());
  }

  private static PostcardReader reader(String hex) {
    return new PostcardReader(HexFormat.of().parseHex(hex));
  }

  private static void assertMalformed(String hex, Consumer<PostcardReader> read, String part) {
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> read.accept(reader(hex)), hex);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().contains("(at byte "), e.getMessage());
  }
}
