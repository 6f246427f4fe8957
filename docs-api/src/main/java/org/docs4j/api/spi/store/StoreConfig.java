package org.docs4j.api.spi.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store is opened with.
 *
 * @param folder an existing folder that is the store's alone; empty for a store that lives in memory only
 * @param tables every table that will be used; what other tables hold stays
 * @param options settings of the back end by name, as its README lists them; unknown names are refused;
 *     {@link StoreOptions} reads them
 */
public record StoreConfig(Optional<Path> folder, List<Table> tables, Map<String, String> options) {
  /** Copies the collections. */
  public StoreConfig {
    tables = List.copyOf(tables);
    options = Map.copyOf(options);
  }
}
