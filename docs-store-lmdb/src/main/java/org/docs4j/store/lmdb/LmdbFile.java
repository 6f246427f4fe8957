package org.docs4j.store.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;

/**
 * The check of a data file before it is mapped. LMDB reads its file through memory: whatever is missing there ends the
 * whole process, so it must be found before.
 *
 * <p>A file may be shorter than its meta page says and yet be whole, for pages that were taken and given back within one
 * transaction are never written. Then the trees are walked: every page that can be reached must be there.
 */
final class LmdbFile {
  /** The name of the data file. */
  static final String DATA = "data.mdb";

  private static final Set<String> OWN = Set.of(DATA, "lock.mdb", FolderLock.FILE);

  private LmdbFile() {}

  /**
   * Makes sure that the folder holds nothing, or a data file that can be mapped; a file that is shorter than its pages
   * gets its full length.
   *
   * @throws StoreCorruptedException if it holds something else
   * @throws StoreException if it cannot be read
   */
  static void prepare(Path folder) {
    Path data = folder.resolve(DATA);
    try {
      if (!begun(data)) {
        requireNothingElse(folder);
        return;
      }
      try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
        long full = check(data, file.getChannel());
        if (file.length() < full) {
          file.setLength(full);
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Makes sure that the folder holds a data file that can be mapped, and changes nothing.
   *
   * @throws StoreCorruptedException if the file is damaged or another program's
   * @throws StoreException if there is none, or it cannot be read
   */
  static void inspect(Path folder) {
    Path data = folder.resolve(DATA);
    try {
      if (!begun(data)) {
        throw new StoreException("the folder " + folder + " holds no LMDB store that could be read");
      }
      try (FileChannel file = FileChannel.open(data)) {
        check(data, file);
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static boolean begun(Path data) throws IOException {
    return Files.exists(data) && Files.size(data) > 0;
  }

  private static StoreException unreadable(Path folder, IOException e) {
    return new StoreException("the store in " + folder + " cannot be read: " + e.getMessage(), e);
  }

  /** The length in bytes that the file should have; it may be shorter, but has every page that is needed. */
  private static long check(Path data, FileChannel file) throws IOException {
    LmdbMeta meta = newest(file)
        .orElseThrow(() -> new StoreCorruptedException(data + " is not an LMDB file, or its beginning is damaged"));
    LmdbPages pages = new LmdbPages(file, meta);
    boolean isShort = file.size() < meta.fullLength();
    if (isShort ? !pages.complete() : !pages.begun()) {
      throw new StoreCorruptedException(data + " is damaged: pages that it needs are missing");
    }
    return meta.fullLength();
  }

  private static void requireNothingElse(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> foreign =
          files.map(file -> file.getFileName().toString()).filter(name -> !OWN.contains(name)).sorted().toList();
      if (!foreign.isEmpty()) {
        throw new StoreCorruptedException(
            "the folder " + folder + " holds no LMDB store but other files, such as " + foreign.get(0));
      }
    }
  }

  private static Optional<LmdbMeta> newest(FileChannel file) throws IOException {
    Optional<LmdbMeta> first = LmdbMeta.read(file, 0);
    if (first.isEmpty()) {
      return first;
    }
    int pageSize = first.get().pageSize();
    Optional<LmdbMeta> second = LmdbMeta.read(file, pageSize).filter(meta -> meta.pageSize() == pageSize);
    return second.map(meta -> meta.transaction() > first.get().transaction() ? meta : first.get());
  }
}
