package org.docs4j.engine.replica;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.spi.store.Table;

/**
 * How keys of any length are laid out in a store whose keys are short, in the same order.
 *
 * <p>A key of fewer bytes than a segment is its own row, so short keys cost nothing and a store that takes every key
 * never sees anything else. A row of exactly one segment ends in a mark: {@link #ENDS}, the key ends here, or
 * {@link #GOES_ON}. What goes on is, while it is one key alone, kept with its value in the row ({@link Tail}); keys
 * that share it are kept in a chain ({@link Branch}), a sorted set of rest keys in {@link Tables#CHAINS} that are laid
 * out alike. None of the rest keys is empty, so that a key that ends with a segment has one place only. Whole segments
 * that all keys of a chain share stand in the branch and not in the chain, so a walk down a key takes as many steps as
 * there are different keys that part from it, not as it has segments.
 *
 * @param segment how many bytes of a key one row holds; {@link #WHOLE} if all
 */
record LongKeys(int segment) {
  /** The segment size of a store that takes every key as it is. */
  static final int WHOLE = Integer.MAX_VALUE;

  /** The chain that every key begins in: the table itself. */
  static final long ROOT = -1;

  /** The last byte of a row of one segment where the key ends. */
  static final byte ENDS = 0;

  /** The last byte of a row of one segment of a longer key. */
  static final byte GOES_ON = 1;

  /** Bytes that a row has at most beside a segment: the number of its chain and the mark. */
  static final int OVERHEAD = Long.BYTES + 1;

  private static final byte TAIL = 0;
  private static final byte BRANCH = 1;

  /** What the row of a key that goes on holds. */
  sealed interface Rest {}

  /**
   * One key alone.
   *
   * @param key the rest of the key
   * @param value its value
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Tail(byte[] key, byte[] value) implements Rest {}

  /**
   * Several keys.
   *
   * @param chain the number of the chain
   * @param shared the whole segments with which the rests of all of them begin
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Branch(long chain, byte[] shared) implements Rest {}

  /** In which table the rows of a chain are. */
  static Table table(long chain, Table root) {
    return chain == ROOT ? root : Tables.CHAINS;
  }

  /** How many bytes of a row number its chain. */
  static int header(long chain) {
    return chain == ROOT ? 0 : Long.BYTES;
  }

  /** The first bytes of all rows of a chain. */
  static byte[] start(long chain) {
    return chain == ROOT ? new byte[0] : ByteBuffer.allocate(Long.BYTES).putLong(chain).array();
  }

  /** The row in a chain at which a key stands or goes on, of which the first bytes were spent on the way there. */
  byte[] row(long chain, byte[] key, int spent) {
    int rest = key.length - spent;
    if (chain == ROOT && rest < segment) {
      return key;
    }
    int header = header(chain);
    int taken = Math.min(rest, segment);
    byte[] row = new byte[header + taken + (taken == segment ? 1 : 0)];
    if (chain != ROOT) {
      ByteBuffer.wrap(row).putLong(chain);
    }
    System.arraycopy(key, spent, row, header, taken);
    if (taken == segment) {
      row[header + segment] = rest > segment ? GOES_ON : ENDS;
    }
    return row;
  }

  /** Whether the key of a row goes on. */
  boolean goesOn(long chain, byte[] row) {
    int taken = row.length - header(chain);
    return taken > segment && row[row.length - 1] == GOES_ON;
  }

  /** How many bytes of its key a row holds. */
  int taken(long chain, byte[] row) {
    return Math.min(row.length - header(chain), segment);
  }

  /** How many bytes, in whole segments, the rest of a key has in common with a tail, so that both still go on. */
  int shared(byte[] key, int from, Tail tail) {
    return shared(key, from, tail.key, tail.key.length - 1);
  }

  /** How many bytes, in whole segments, the rest of a key has in common with a branch and still goes on. */
  int shared(byte[] key, int from, Branch branch) {
    return shared(key, from, branch.shared, branch.shared.length);
  }

  private int shared(byte[] key, int from, byte[] other, int most) {
    int at = Arrays.mismatch(key, from, key.length, other, 0, other.length);
    int common = at < 0 ? other.length : at;
    return Math.min(Math.min(common, most), key.length - from - 1) / segment * segment;
  }

  /** Whether the rest of a key is in the chain of a branch, if it is there. */
  boolean isIn(byte[] key, int from, Branch branch) {
    return shared(key, from, branch) == branch.shared.length;
  }

  /** The bytes of what a row of a key that goes on holds. */
  static byte[] encode(Rest rest) {
    if (rest instanceof Branch branch) {
      return ByteBuffer.allocate(1 + Long.BYTES + branch.shared.length)
          .put(BRANCH)
          .putLong(branch.chain)
          .put(branch.shared)
          .array();
    }
    Tail tail = (Tail) rest;
    return ByteBuffer.allocate(1 + Integer.BYTES + tail.key.length + tail.value.length)
        .put(TAIL)
        .putInt(tail.key.length)
        .put(tail.key)
        .put(tail.value)
        .array();
  }

  /** What a row of a key that goes on holds. */
  static Rest decode(byte[] value) {
    if (value.length >= 1 + Long.BYTES && value[0] == BRANCH) {
      long chain = ByteBuffer.wrap(value).getLong(1);
      return new Branch(chain, Arrays.copyOfRange(value, 1 + Long.BYTES, value.length));
    }
    if (value.length > 1 + Integer.BYTES && value[0] == TAIL) {
      int length = ByteBuffer.wrap(value).getInt(1);
      int start = 1 + Integer.BYTES;
      if (length > 0 && length <= value.length - start) {
        byte[] key = Arrays.copyOfRange(value, start, start + length);
        return new Tail(key, Arrays.copyOfRange(value, start + length, value.length));
      }
    }
    throw new StoreCorruptedException("a long key goes on in a row that cannot be read");
  }
}
