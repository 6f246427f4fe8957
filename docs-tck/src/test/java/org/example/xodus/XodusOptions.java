package org.example.xodus;

import java.util.Map;
import jetbrains.exodus.env.EnvironmentConfig;
import org.docs4j.api.spi.store.StoreOptions;

/**
 * What can be set.
 *
 * @param cacheBytes option {@code cache-bytes}: how much of the file is kept in the heap, 32 MiB by default, at least 1 MiB
 */
record XodusOptions(long cacheBytes) {
  private static final long CACHE = 32L << 20;
  private static final long LEAST_CACHE = 1L << 20;
  private static final long GREATEST_CACHE = 1L << 40;

  /** A value must fit into one file of the log; by default a value of 16 MiB does not. */
  private static final long LOG_FILE_KIB = 65_536;

  /** Reads options as they come from a configuration; an unknown one is refused, so that a misspelt one shows. */
  static XodusOptions parse(Map<String, String> given) {
    StoreOptions options = StoreOptions.of("Xodus", given);
    XodusOptions parsed = new XodusOptions(options.number("cache-bytes", CACHE, LEAST_CACHE, GREATEST_CACHE));
    options.requireNoOthers();
    return parsed;
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
