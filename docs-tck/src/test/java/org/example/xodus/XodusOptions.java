package org.example.xodus;

import java.util.Map;
import java.util.TreeMap;
import jetbrains.exodus.env.EnvironmentConfig;
import org.docs4j.api.StoreException;

/**
 * What can be set.
 *
 * @param cacheBytes option {@code cache-bytes}: how much of the file is kept in the heap, 32 MiB by default
 */
record XodusOptions(long cacheBytes) {
  private static final String CACHE_BYTES = "cache-bytes";
  private static final String DEFAULT_CACHE_BYTES = Long.toString(32L << 20);

  /** A value must fit into one file of the log; by default a value of 16 MiB does not. */
  private static final long LOG_FILE_KIB = 65_536;

  /** Reads options as they come from a configuration; an unknown one is refused, so that a misspelt one shows. */
  static XodusOptions parse(Map<String, String> options) {
    Map<String, String> left = new TreeMap<>(options);
    String cacheBytes = left.getOrDefault(CACHE_BYTES, DEFAULT_CACHE_BYTES);
    left.remove(CACHE_BYTES);
    if (!left.isEmpty()) {
      throw new StoreException("the Xodus store has no option " + left.keySet().iterator().next());
    }
    try {
      return new XodusOptions(Long.parseUnsignedLong(cacheBytes));
    } catch (NumberFormatException e) {
      throw new StoreException("the option " + CACHE_BYTES + " is no number: " + cacheBytes, e);
    }
  }

  EnvironmentConfig config() {
    EnvironmentConfig config = new EnvironmentConfig();
    config.setLogFileSize(LOG_FILE_KIB);
    config.setLogCacheShared(false);
    config.setMemoryUsage(cacheBytes);
    config.setManagementEnabled(false);
    return config;
  }
}
