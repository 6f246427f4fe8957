package org.example.xodus;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;

/**
 * The files of a store.
 *
 * <p>Xodus takes a log whose end is missing for one that was cut short by a crash, and opens what is left of it. So a
 * clean close leaves a note of how long the log is, and the next open compares.
 */
final class XodusFolder {
  private static final String LOG_SUFFIX = ".xd";
  private static final String XODUS_LOCK = "xd.lck";
  private static final String CLOSED_NOTE = "closed-length";

  private final Path folder;

  XodusFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** Checks the files before Xodus opens them. */
  void check() {
    try {
      requireOwn();
      Path note = folder.resolve(CLOSED_NOTE);
      if (Files.exists(note)) {
        if (logLength() < Long.parseLong(Files.readString(note))) {
          throw new StoreCorruptedException("the store in " + folder + " is shorter than when it was closed");
        }
        Files.delete(note);
      }
    } catch (NumberFormatException | CharacterCodingException e) {
      throw new StoreCorruptedException("the file " + CLOSED_NOTE + " in " + folder + " is damaged", e);
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Leaves a note of the files after Xodus has closed them. */
  void closed() {
    try {
      Files.writeString(folder.resolve(CLOSED_NOTE), Long.toString(logLength()));
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void requireOwn() throws IOException {
    List<String> own = List.of(XODUS_LOCK, CLOSED_NOTE, FolderLock.FILE);
    try (Stream<Path> files = Files.list(folder)) {
      for (String name : (Iterable<String>) files.map(file -> file.getFileName().toString())::iterator) {
        if (!name.endsWith(LOG_SUFFIX) && !own.contains(name)) {
          throw new StoreCorruptedException("the folder " + folder + " holds something else than a Xodus store: " + name);
        }
      }
    }
  }

  private long logLength() throws IOException {
    long length = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(LOG_SUFFIX))::iterator) {
        length += Files.size(file);
      }
    }
    return length;
  }
}
