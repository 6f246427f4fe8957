package org.docs4j.engine.replica;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What long searches for parents have shown: of some identifiers, the only lengths at which an entry may stand at a
 * proper prefix. It holds for whatever begins alike as well, so an author cannot make each insert search anew.
 *
 * <p>A length that is named may have lost its entry since; one that is not has none. For the one writer.
 */
final class KnownPrefixes {
  private static final int MOST = 512;
  private static final long MOST_BYTES = 4 << 20;

  private final NavigableMap<byte[], Known> byId = new TreeMap<>(Arrays::compareUnsigned);
  private final Deque<byte[]> byAge = new ArrayDeque<>();
  private long bytes;

  /** The lengths at which an entry may stand, of all that are greater than {@code low}. */
  static final class Known {
    private static final int MOST_LENGTHS = 64;

    private final NavigableSet<Integer> lengths = new TreeSet<>();
    private int low;

    /**
     * Of an identifier at whose proper prefixes no entry stands but those of this length or less; none at all if that is
     * less than the length of an owner.
     */
    Known(int longest) {
      extend(longest);
    }

    /** At and below this length anything may stand; less than that of an owner if nothing can. */
    int low() {
      return low;
    }

    /** The greatest length, at most the given one, at which an entry may stand. */
    Optional<Integer> longest(int atMost) {
      return Optional.ofNullable(lengths.floor(atMost));
    }

    /** Notes that an entry stands at a length. */
    void add(int length) {
      if (length <= low) {
        return;
      }
      lengths.add(length);
      if (lengths.size() > MOST_LENGTHS) {
        low = lengths.first();
        lengths.remove(low);
      }
    }

    /** Notes that no entry stands at a length any more. */
    void remove(int length) {
      lengths.remove(length);
    }

    /** Notes at which length, of those of which nothing was known, the longest entry stands. */
    void extend(int longest) {
      low = longest - 1;
      if (longest >= RowKeys.OWNER) {
        add(longest);
      }
    }
  }

  /**
   * What is known of the proper prefixes of an identifier.
   *
   * @param shared up to which length it holds for them
   */
  record Near(Known known, int shared) {}

  /** What is known from the search for that identifier which shares the longest prefix with this one. */
  Optional<Near> near(byte[] id) {
    Optional<Near> below = near(id, byId.floorEntry(id));
    Optional<Near> above = near(id, byId.higherEntry(id));
    boolean isBelow = above.isEmpty() || (below.isPresent() && below.get().shared >= above.get().shared);
    return isBelow ? below : above;
  }

  private static Optional<Near> near(byte[] id, Map.@Nullable Entry<byte[], Known> entry) {
    if (entry == null) {
      return Optional.empty();
    }
    int differs = Arrays.mismatch(id, entry.getKey());
    int proper = entry.getKey().length - 1;
    return Optional.of(new Near(entry.getValue(), differs < 0 ? proper : Math.min(differs, proper)));
  }

  /** Keeps what a search for the entries at proper prefixes of an identifier has shown. */
  void note(byte[] id, Known known) {
    if (byId.put(id, known) == null) {
      byAge.add(id);
      bytes += id.length;
    }
    while (byAge.size() > MOST || (bytes > MOST_BYTES && byAge.size() > 1)) {
      byte[] eldest = byAge.remove();
      byId.remove(eldest);
      bytes -= eldest.length;
    }
  }

  /** To be called when an entry was put where none was. */
  void put(byte[] id) {
    if (byId.isEmpty()) {
      return;
    }
    for (Map.Entry<byte[], Known> below : byId.tailMap(id, false).entrySet()) {
      if (!RowKeys.startsWith(below.getKey(), id)) {
        return;
      }
      below.getValue().add(id.length);
    }
  }

  /** To be called when a transaction was rolled back: what it removed is there again. */
  void forget() {
    byId.clear();
    byAge.clear();
    bytes = 0;
  }
}
