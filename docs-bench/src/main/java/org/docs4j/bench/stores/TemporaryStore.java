package org.docs4j.bench.stores;

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
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.store.Table;

/** A store in a temporary folder, with the defaults of its kind, that is deleted when it is closed. */
public final class TemporaryStore implements AutoCloseable {
  private final StoreProvider provider;
  private final StoreConfig config;
  private KeyValueStore store;

  private TemporaryStore(StoreProvider provider, StoreConfig config) {
    this.provider = provider;
    this.config = config;
    this.store = provider.open(config);
  }

  /**
   * Opens a new store of the kind with that name.
   *
   * @throws IOException if no folder can be made for it
   */
  public static TemporaryStore open(String name, List<Table> tables) throws IOException {
    boolean persistent = !name.equals("memory");
    Optional<Path> folder = persistent ? Optional.of(Files.createTempDirectory("docs-bench")) : Optional.empty();
    return new TemporaryStore(
        Providers.store(Optional.of(name), persistent), new StoreConfig(folder, tables, Map.of()));
  }

  /** The store as it was opened last. */
  public KeyValueStore store() {
    return store;
  }

  /** Whether it holds what it held when it is opened again. */
  public boolean persistent() {
    return provider.persistent();
  }

  /** Closes the store and keeps its files. */
  void closeStore() {
    store.close();
  }

  /** Opens it with the files that it left. */
  void openAgain() {
    store = provider.open(config);
  }

  /** The bytes of all its files; 0 in memory. */
  long diskBytes() throws IOException {
    if (config.folder().isEmpty()) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(config.folder().get())) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /**
   * Closes the store and deletes its folder.
   *
   * @throws IOException if a file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    store.close();
    if (config.folder().isPresent()) {
      try (Stream<Path> files = Files.walk(config.folder().get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
