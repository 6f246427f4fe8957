package org.docs4j.api.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Timestamp;

/**
 * The newest timestamps of a document's authors as sync reports carry them (WIRE 5.5): a sequence of timestamp and
 * author, the newest first, authors with equal timestamps by their ids.
 */
public final class AuthorHeadsCodec {
  /** The order of heads in a report. */
  public static final Comparator<Map.Entry<AuthorId, Timestamp>> NEWEST_FIRST =
      Map.Entry.<AuthorId, Timestamp>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

  private static final int MIN_HEAD_BYTES = 1 + Bytes32.SIZE;

  private AuthorHeadsCodec() {}

  /** How many heads fit into so many bytes at most, from 0. */
  public static int most(int maxBytes) {
    return Math.max(0, maxBytes) / MIN_HEAD_BYTES;
  }

  /**
   * Encodes as many heads as fit, the newest ones.
   *
   * @param maxBytes the most bytes that the result may have, at least 1
   * @throws IllegalArgumentException if that is less than 1
   */
  public static byte[] encode(AuthorHeads heads, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("not even no heads fit into " + maxBytes + " bytes");
    }
    List<Map.Entry<AuthorId, Timestamp>> sorted = new ArrayList<>(heads.heads().entrySet());
    sorted.sort(NEWEST_FIRST);
    int count = 0;
    long bytes = 0;
    for (Map.Entry<AuthorId, Timestamp> head : sorted) {
      bytes += varintBytes(head.getValue().micros()) + Bytes32.SIZE;
      if (bytes + varintBytes(count + 1) > maxBytes) {
        break;
      }
      count++;
    }
    PostcardWriter out = new PostcardWriter(Math.min(maxBytes, 16 + count * (MIN_HEAD_BYTES + 9)));
    out.count(count);
    sorted.subList(0, count).forEach(head -> out.u64(head.getValue().micros()).bytes32(head.getKey().bytes()));
    return out.toByteArray();
  }

  /**
   * Decodes heads; of several timestamps of one author the latest counts.
   *
   * @throws org.docs4j.api.MalformedMessageException if the bytes are anything else, trailing bytes included
   */
  public static AuthorHeads decode(byte[] bytes) {
    PostcardReader in = new PostcardReader(bytes);
    int count = in.count(Integer.MAX_VALUE, MIN_HEAD_BYTES);
    TreeMap<AuthorId, Timestamp> heads = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Timestamp timestamp = new Timestamp(in.u64());
      heads.merge(new AuthorId(in.bytes32()), timestamp, (a, b) -> a.isAfter(b) ? a : b);
    }
    in.expectEnd();
    return new AuthorHeads(heads);
  }

  private static int varintBytes(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
