package org.docs4j.store.lmdb;

import java.util.Map;
import org.docs4j.api.StoreException;

/**
 * The settings of an LMDB store.
 *
 * @param mapSize how many bytes of address space the file may take before it is mapped anew; option {@code map-size}
 */
record LmdbOptions(long mapSize) {
  private static final String MAP_SIZE = "map-size";
  private static final long DEFAULT_MAP_SIZE = 64L << 30;
  private static final long LEAST_MAP_SIZE = 1 << 20;
  private static final long GREATEST_MAP_SIZE = 16L << 40;

  /**
   * Reads settings by name.
   *
   * @throws StoreException if a name is unknown or a value is no number in its range
   */
  static LmdbOptions parse(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (!name.equals(MAP_SIZE)) {
        throw new StoreException("the LMDB store has no option " + name + ", only " + MAP_SIZE);
      }
    }
    String text = options.getOrDefault(MAP_SIZE, Long.toString(DEFAULT_MAP_SIZE));
    return new LmdbOptions(size(text));
  }

  private static long size(String text) {
    try {
      long size = Long.parseLong(text);
      if (size >= LEAST_MAP_SIZE && size <= GREATEST_MAP_SIZE) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw refusal(text, e);
    }
    throw refusal(text, new IllegalArgumentException("out of range"));
  }

  private static StoreException refusal(String text, Exception cause) {
    return new StoreException(
        "the option " + MAP_SIZE + " is a number of bytes from " + LEAST_MAP_SIZE + " to " + GREATEST_MAP_SIZE + ", not "
            + text, cause);
  }
}
