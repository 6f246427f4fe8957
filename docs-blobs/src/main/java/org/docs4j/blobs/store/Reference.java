package org.docs4j.blobs.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A file of somebody else's that holds a blob, and how it was when it was hashed.
 *
 * @param file where it is, absolute
 * @param size in bytes
 * @param changed when it was changed last, in nanoseconds as far as the file system keeps them
 */
record Reference(Path file, long size, long changed) {
  /** The file as it is now. */
  static Reference to(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    BasicFileAttributes now = Files.readAttributes(absolute, BasicFileAttributes.class);
    return new Reference(absolute, now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** Whether the file is as it was. */
  boolean isUnchanged() {
    try {
      return equals(to(file));
    } catch (IOException e) {
      // Gone, or out of reach: as good as changed.
      return false;
    }
  }

  void write(Path target) throws IOException {
    Files.writeString(target, size + "\n" + changed + "\n" + file, StandardCharsets.UTF_8);
  }

  static Reference read(Path source) throws IOException {
    String[] lines = Files.readString(source, StandardCharsets.UTF_8).split("\n", 3);
    try {
      if (lines.length == 3) {
        return new Reference(Path.of(lines[2]), Long.parseLong(lines[0]), Long.parseLong(lines[1]));
      }
    } catch (NumberFormatException | InvalidPathException e) {
      throw new IOException("the reference " + source + " is unreadable", e);
    }
    throw new IOException("the reference " + source + " is unreadable");
  }
}
