package org.docs4j.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.Table;

/**
 * A store that is deleted when it is closed.
 *
 * @param store the store
 * @param folder where it is, if it is on disk
 */
record TemporaryStore(KeyValueStore store, Optional<Path> folder) {
  /** Opens a new store of the kind with that name, with the defaults of its kind. */
  static TemporaryStore open(String name, List<Table> tables) throws IOException {
    boolean persistent = !name.equals("memory");
    Optional<Path> folder = persistent ? Optional.of(Files.createTempDirectory("docs-bench")) : Optional.empty();
    KeyValueStore store =
        Providers.store(Optional.of(name), persistent).open(new StoreConfig(folder, tables, Map.of()));
    return new TemporaryStore(store, folder);
  }

  void close() throws IOException {
    store.close();
    if (folder.isPresent()) {
      try (Stream<Path> files = Files.walk(folder.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
