package org.docs4j.blobs.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.store.FolderLock;

/**
 * The places in a file store's folder, as the module's README shows them.
 *
 * @param root the folder
 */
record StoreFolder(Path root) {
  /** The format that this release writes. */
  static final int FORMAT = 1;

  private static final String FORMAT_NAME = "docs4j-blobs ";

  /**
   * Makes a new folder ready, or checks the format of one that was used before, and deletes temporary files. The caller
   * holds the lock of the folder.
   *
   * @throws StoreVersionException if a newer release wrote it
   * @throws StoreCorruptedException if it is no folder of a blob store; nothing was changed
   */
  void prepare() throws IOException {
    Path format = root.resolve("FORMAT");
    if (Files.exists(format)) {
      check(Files.readString(format, StandardCharsets.UTF_8));
    } else {
      checkEmpty();
      Path beside = root.resolve("FORMAT.tmp");
      Files.writeString(beside, FORMAT_NAME + FORMAT + "\n");
      FileMoves.replace(beside, format);
    }
    Files.createDirectories(data());
    Files.createDirectories(packs());
    Files.createDirectories(temp());
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temp())) {
      leftovers.forEach(DiskErrors::deleteQuietly);
    }
  }

  private void check(String text) {
    if (!text.startsWith(FORMAT_NAME)) {
      throw new StoreCorruptedException("the folder " + root + " is not one of a blob store");
    }
    try {
      int format = Integer.parseInt(text.substring(FORMAT_NAME.length()).strip());
      if (format > FORMAT) {
        throw new StoreVersionException(
            "the blob store in " + root + " has format " + format + ", this release knows " + FORMAT + " at most");
      }
    } catch (NumberFormatException e) {
      throw new StoreCorruptedException("the format of the blob store in " + root + " is unreadable", e);
    }
  }

  private void checkEmpty() throws IOException {
    Set<String> allowed = Set.of(FolderLock.FILE, "FORMAT.tmp");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
      for (Path file : found) {
        if (!allowed.contains(file.getFileName().toString())) {
          throw new StoreCorruptedException("the folder " + root + " is not empty and not one of a blob store");
        }
      }
    }
  }

  Path index() {
    return root.resolve("index");
  }

  Path tags() {
    return root.resolve("tags");
  }

  Path packs() {
    return root.resolve("small");
  }

  Path data() {
    return root.resolve("data");
  }

  Path temp() {
    return root.resolve("temp");
  }

  /** The data of a large or partial blob. */
  Path data(Hash hash) {
    return file(hash, ".data");
  }

  /** Its outboard. */
  Path outboard(Hash hash) {
    return file(hash, ".obao");
  }

  /** Where the data of a referenced blob is. */
  Path reference(Hash hash) {
    return file(hash, ".ref");
  }

  /** Makes sure that the files of a blob can be made. */
  void makeRoomFor(Hash hash) throws IOException {
    Files.createDirectories(data(hash).getParent());
  }

  /** Deletes all files of a blob. */
  void deleteFiles(Hash hash) {
    DiskErrors.deleteQuietly(data(hash));
    DiskErrors.deleteQuietly(outboard(hash));
    DiskErrors.deleteQuietly(reference(hash));
  }

  private Path file(Hash hash, String suffix) {
    String name = hash.toString();
    return data().resolve(name.substring(0, 2)).resolve(name + suffix);
  }
}
