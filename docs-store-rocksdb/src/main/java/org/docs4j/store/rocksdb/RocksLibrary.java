package org.docs4j.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.StoreException;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * The native library, which comes in RocksDB's jar and is unpacked to be loaded: 17 MB that every killed process would
 * leave behind. So it is unpacked into a folder of its own, which is removed as soon as the library is loaded.
 */
final class RocksLibrary {
  private static final String FOLDER_VARIABLE = "ROCKSDB_SHAREDLIB_DIR";

  private RocksLibrary() {}

  /**
   * Loads the library, once.
   *
   * @throws StoreException if it does not load on this machine
   */
  static synchronized void load() {
    try {
      if (System.getenv(FOLDER_VARIABLE) == null) {
        loadFromOwnFolder();
      }
      RocksDB.loadLibrary();
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new StoreException("the native library of RocksDB does not load here: " + e.getMessage(), e);
    }
  }

  private static void loadFromOwnFolder() throws IOException {
    Path folder = Files.createTempDirectory("docs4j-rocksdb");
    try {
      NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> content = Files.list(folder)) {
      files = content.toList();
    }
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Where a loaded library cannot be removed (Windows), the process does it at its end.
      folder.toFile().deleteOnExit();
      files.forEach(file -> file.toFile().deleteOnExit());
    }
  }
}
