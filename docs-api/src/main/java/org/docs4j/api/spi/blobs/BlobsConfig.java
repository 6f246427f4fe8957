package org.docs4j.api.spi.blobs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.spi.Environment;

/**
 * What a blob store is opened with.
 *
 * @param folder an existing folder that is the store's alone; empty for a store that lives in memory only
 * @param options settings by name, as the README of the provider lists them; unknown names are refused
 * @param environment threads, clocks and random numbers; owned by the caller
 */
public record BlobsConfig(Optional<Path> folder, Map<String, String> options, Environment environment) {
  /** Copies the map. */
  public BlobsConfig {
    options = Map.copyOf(options);
  }
}
