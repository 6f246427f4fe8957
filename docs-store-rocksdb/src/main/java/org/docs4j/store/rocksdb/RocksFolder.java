package org.docs4j.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.spi.store.FolderLock;

/**
 * The check of a folder before RocksDB sees it. RocksDB would take any folder, and begin anew where the file
 * {@code CURRENT} is missing.
 */
final class RocksFolder {
  /** The file that says whose folder this is. */
  static final String FORMAT_FILE = "docs4j.format";

  private static final String KIND = "rocksdb ";
  private static final int VERSION = 1;
  private static final int MAX_FORMAT_BYTES = 100;
  private static final String CURRENT = "CURRENT";

  private RocksFolder() {}

  /**
   * Makes sure that the folder is empty, or a store of this kind and format.
   *
   * @throws StoreCorruptedException if it is something else, or its beginning is missing
   * @throws StoreVersionException if its format is newer
   * @throws StoreException if it cannot be read or written
   */
  static void prepare(Path folder) {
    try {
      Path format = folder.resolve(FORMAT_FILE);
      List<String> files = files(folder);
      if (Files.notExists(format) && files.isEmpty()) {
        write(format);
      } else {
        requireStore(folder, format, files);
      }
    } catch (IOException e) {
      throw new StoreException("the store in " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that the folder is a store of this kind and format, and changes nothing.
   *
   * @throws StoreCorruptedException if it is something else, or its beginning is missing
   * @throws StoreVersionException if its format is newer
   * @throws StoreException if there is nothing, or it cannot be read
   */
  static void inspect(Path folder) {
    try {
      Path format = folder.resolve(FORMAT_FILE);
      List<String> files = files(folder);
      if (files.isEmpty()) {
        throw new StoreException("the folder " + folder + " holds no RocksDB store that could be read");
      }
      requireStore(folder, format, files);
    } catch (IOException e) {
      throw new StoreException("the store in " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void requireStore(Path folder, Path format, List<String> files) throws IOException {
    if (Files.notExists(format)) {
      throw new StoreCorruptedException(
          "the folder " + folder + " holds no RocksDB store of this program but other files, such as " + files.get(0));
    }
    requireKnown(format);
    requireBeginning(folder, files);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FolderLock.FILE) && !name.startsWith(FORMAT_FILE))
          .sorted()
          .toList();
    }
  }

  private static void requireKnown(Path format) throws IOException {
    String text = Files.size(format) > MAX_FORMAT_BYTES ? "" : Files.readString(format, StandardCharsets.ISO_8859_1);
    if (text.equals(KIND + VERSION + "\n")) {
      return;
    }
    if (text.matches(KIND + "[1-9][0-9]{0,8}\n")) {
      throw new StoreVersionException("the RocksDB store in " + format.getParent() + " is of a newer release");
    }
    throw new StoreCorruptedException("the file " + format + " is damaged, or names another kind of store");
  }

  private static void requireBeginning(Path folder, List<String> files) {
    boolean data = files.stream().anyMatch(name -> name.endsWith(".sst") || name.endsWith(".log"));
    if (data && !files.contains(CURRENT)) {
      throw new StoreCorruptedException("the RocksDB store in " + folder + " is damaged: its file CURRENT is missing");
    }
  }

  private static void write(Path format) throws IOException {
    Path fresh = format.resolveSibling(FORMAT_FILE + ".new");
    Files.writeString(fresh, KIND + VERSION + "\n", StandardCharsets.ISO_8859_1);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, format, StandardCopyOption.ATOMIC_MOVE);
  }
}
