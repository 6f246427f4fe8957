package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostcardWriterTest {
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, 8001",
    "16383, ff7f",
    "16384, 808001",
    "4294967295, ffffffff0f",
    "9223372036854775807, ffffffffffffffff7f",
    "9223372036854775808, 80808080808080808001"
  })
  void u64_isWrittenInTheShortestForm(String value, String hex) {
    assertHex(hex, new PostcardWriter(0).u64(Long.parseUnsignedLong(value)));
  }

  @Test
  void number_outsideOfItsRange_isRefused() {
    PostcardWriter out = new PostcardWriter();
    assertThrows(IllegalArgumentException.class, () -> out.u8(256));
    assertThrows(IllegalArgumentException.class, () -> out.u8(-1));
    assertThrows(IllegalArgumentException.class, () -> out.u16(65536));
    assertThrows(IllegalArgumentException.class, () -> out.u16(-1));
    assertThrows(IllegalArgumentException.class, () -> out.u32(1L << 32));
    assertThrows(IllegalArgumentException.class, () -> out.u32(-1));
    assertThrows(IllegalArgumentException.class, () -> out.count(-1));
    assertThrows(IllegalArgumentException.class, () -> new PostcardWriter(-1));
    assertEquals(0, out.size());
  }

  @Test
  void everyKind_isWrittenOneBehindTheOther() {
    PostcardWriter out =
        new PostcardWriter(0)
            .bool(true)
            .option(false)
            .variant(300)
            .fixed(new byte[] {9, 8, 7, 6}, 1, 2)
            .fixed(Bytes.of(new byte[] {5}))
            .byteString(Bytes.of(new byte[] {4, 3}))
            .string("ü")
            .socketAddress(new InetSocketAddress("192.0.2.1", 11204))
            .socketAddress(new InetSocketAddress("2001:db8::1", 1));
    assertHex("0100ac0208070502040302c3bc00c0000201c4570120010db800000000000000000000000101", out);
  }

  @Test
  void socketAddress_unresolved_isRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.invalid", 1);
    assertThrows(IllegalArgumentException.class, () -> new PostcardWriter().socketAddress(unresolved));
  }

  @Test
  void clear_takesEverythingOut() {
    PostcardWriter out = new PostcardWriter().u64(300);
    assertEquals(2, out.size());
    out.clear();
    assertEquals(0, out.size());
    assertHex("05", out.u8(5));
  }

  @Test
  void toBytes_isWhatWasWrittenSoFar() {
    PostcardWriter out = new PostcardWriter().u8(7).u8(8);
    Bytes bytes = out.toBytes();
    out.clear();
    out.u8(9);
    assertArrayEquals(new byte[] {7, 8}, bytes.toByteArray());
    assertEquals(Bytes.EMPTY, new PostcardWriter().toBytes());
  }

  @Test
  void toFrame_putsTheLengthInFront() {
    byte[] frame = new PostcardWriter().fixed(new byte[0x0102]).u8(7).toFrame();
    assertEquals(4 + 0x0103, frame.length);
    assertArrayEquals(new byte[] {0, 0, 1, 3}, Arrays.copyOf(frame, 4));
    assertEquals(7, frame[frame.length - 1]);
    assertArrayEquals(new byte[4], new PostcardWriter().toFrame());
  }

  @Test
  void randomNumbers_areReadBackAsTheyWere() {
    Seeded.run(
        "numbers",
        random -> {
          PostcardWriter out = new PostcardWriter(0);
          long[] numbers = random.longs(10_000).map(n -> n >>> random.nextInt(64)).toArray();
          for (long number : numbers) {
            out.u64(number).u32(number & 0xFFFF_FFFFL).u16((int) number & 0xFFFF);
          }
          PostcardReader in = new PostcardReader(out.toByteArray());
          for (long number : numbers) {
            assertEquals(number, in.u64());
            assertEquals(number & 0xFFFF_FFFFL, in.u32());
            assertEquals(number & 0xFFFF, in.u16());
          }
          in.expectEnd();
        });
  }

  private static void assertHex(String hex, PostcardWriter out) {
    assertEquals(hex, HexFormat.of().formatHex(out.toByteArray()));
    assertEquals(hex.length() / 2, out.size());
  }
}
