package org.docs4j.store.lmdb;

import java.util.Map;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.StoreOptions;

/**
 * The settings of an LMDB store; the README tells what they mean to a user.
 *
 * @param mapSize how many bytes of address space the file may take before it is mapped anew; option {@code map-size}
 * @param mapLimit how many bytes the map may grow to; option {@code map-limit}
 * @param maxReaders how many snapshots can be open at once; option {@code max-readers}
 * @param readAhead whether the system may read pages that nobody asked for yet; option {@code read-ahead}
 * @param readOnly whether nothing can be written; option {@code read-only}
 */
record LmdbOptions(long mapSize, long mapLimit, int maxReaders, boolean readAhead, boolean readOnly) {
  private static final String MAP_SIZE = "map-size";
  private static final String MAP_LIMIT = "map-limit";
  private static final long DEFAULT_MAP_SIZE = 64L << 30;
  private static final long LEAST_MAP_SIZE = 1 << 20;
  private static final long GREATEST_MAP_SIZE = 16L << 40;
  private static final int DEFAULT_READERS = 1022;
  private static final int LEAST_READERS = 256;
  private static final int MOST_READERS = 65_536;

  /**
   * Reads settings by name.
   *
   * @throws StoreException if a name is unknown, a value is not of its kind or out of its range
   */
  static LmdbOptions parse(Map<String, String> given) {
    StoreOptions options = StoreOptions.of("LMDB", given);
    long limit = options.number(MAP_LIMIT, GREATEST_MAP_SIZE, LEAST_MAP_SIZE, GREATEST_MAP_SIZE);
    LmdbOptions parsed = new LmdbOptions(
        options.number(MAP_SIZE, Math.min(DEFAULT_MAP_SIZE, limit), LEAST_MAP_SIZE, GREATEST_MAP_SIZE),
        limit,
        (int) options.number("max-readers", DEFAULT_READERS, LEAST_READERS, MOST_READERS),
        options.flag("read-ahead", true),
        options.flag("read-only", false));
    options.requireNoOthers();
    if (parsed.mapSize > limit) {
      throw new StoreException(
          "the option " + MAP_SIZE + " of the LMDB store is " + parsed.mapSize + " and above the " + MAP_LIMIT + " of "
              + limit);
    }
    return parsed;
  }
}
