package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;

class AuthorHeadsCodecTest {
  @Test
  void encode_equalTimestamps_keepsAllInOrderOfAuthors() {
    AuthorHeads heads = AuthorHeads.of(Map.of(author(3), at(7), author(1), at(7), author(2), at(7), author(4), at(9)));
    byte[] bytes = AuthorHeadsCodec.encode(heads, 4096);
    PostcardReader in = new PostcardReader(bytes);
    assertEquals(4, in.u8());
    for (int expected : new int[] {4, 1, 2, 3}) {
      assertEquals(expected == 4 ? 9 : 7, in.u64());
      assertEquals(author(expected).bytes(), in.bytes32());
    }
    assertEquals(heads, AuthorHeadsCodec.decode(bytes));
  }

  @Test
  void encode_timestampsBeyondTheSign_areTheNewest() {
    AuthorHeads heads = AuthorHeads.of(Map.of(author(1), at(Long.MAX_VALUE), author(2), at(Long.MIN_VALUE)));
    AuthorHeads cut = AuthorHeadsCodec.decode(AuthorHeadsCodec.encode(heads, 50));
    assertEquals(Map.of(author(2), at(Long.MIN_VALUE)), cut.heads());
  }

  @Test
  void encode_toAnyLimit_keepsAsManyOfTheNewestAsFit() {
    Seeded.run(
        "heads",
        random -> {
          Map<AuthorId, Timestamp> map = new HashMap<>();
          for (int i = 0; i < 140; i++) {
            map.put(author(i), at(random.nextLong() >>> random.nextInt(64)));
          }
          AuthorHeads heads = AuthorHeads.of(map);
          int all = AuthorHeadsCodec.encode(heads, Integer.MAX_VALUE).length;
          int before = 0;
          for (int limit = 1; limit <= all; limit++) {
            byte[] bytes = AuthorHeadsCodec.encode(heads, limit);
            assertTrue(bytes.length <= limit && limit - bytes.length < 32 + 10 + 2, bytes.length + " of " + limit);
            AuthorHeads cut = AuthorHeadsCodec.decode(bytes);
            assertTrue(cut.heads().size() >= before);
            before = cut.heads().size();
            Optional<Timestamp> oldest = cut.heads().values().stream().min(Timestamp::compareTo);
            map.forEach(
                (author, timestamp) -> {
                  boolean newer = oldest.isPresent() && timestamp.isAfter(oldest.get());
                  assertTrue(!newer || cut.head(author).isPresent(), "left out although newer");
                });
          }
          assertEquals(140, before);
        });
  }

  @Test
  void encode_nothing_isOneByte() {
    assertArrayEquals(new byte[1], AuthorHeadsCodec.encode(AuthorHeads.NONE, 1));
    assertThrows(IllegalArgumentException.class, () -> AuthorHeadsCodec.encode(AuthorHeads.NONE, 0));
    assertEquals(AuthorHeads.NONE, AuthorHeadsCodec.decode(new byte[1]));
  }

  @Test
  void decode_anAuthorTwice_takesTheLatest() {
    for (long[] pair : new long[][] {{5, 9}, {9, 5}}) {
      PostcardWriter out = new PostcardWriter().count(2);
      out.u64(pair[0]).bytes32(author(1).bytes()).u64(pair[1]).bytes32(author(1).bytes());
      assertEquals(Map.of(author(1), at(9)), AuthorHeadsCodec.decode(out.toByteArray()).heads());
    }
  }

  @Test
  void decode_moreHeadsThanBytes_isMalformed() {
    byte[] bytes = new PostcardWriter().u64(Integer.MAX_VALUE).toByteArray();
    assertThrows(MalformedMessageException.class, () -> AuthorHeadsCodec.decode(bytes));
    assertThrows(MalformedMessageException.class, () -> AuthorHeadsCodec.decode(new byte[0]));
    assertThrows(MalformedMessageException.class, () -> AuthorHeadsCodec.decode(Arrays.copyOf(new byte[1], 2)));
  }

  @Test
  void heads_ofMapInAnotherOrder_areInOrderOfAuthors() {
    TreeMap<AuthorId, Timestamp> reversed = new TreeMap<>((a, b) -> b.compareTo(a));
    reversed.put(author(1), at(1));
    reversed.put(author(2), at(2));
    assertEquals(author(1), new AuthorHeads(reversed).heads().firstKey());
  }

  private static AuthorId author(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return AuthorId.of(bytes);
  }

  private static Timestamp at(long micros) {
    return new Timestamp(micros);
  }
}
