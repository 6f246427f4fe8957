package org.docs4j.cli.mirror;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;

/**
 * Changes files in one folder and nowhere else: no link on the way to a file is followed, files are written beside and
 * renamed. Paths are checked by {@link MirrorKeys} before they come here. Safe to use from any thread.
 */
final class SafeFolder {
  /** Writes the content of a file that does not exist yet. */
  @FunctionalInterface
  interface Source {
    /** Writes it; a failure leaves whatever it likes in that file. */
    void writeTo(Path target) throws IOException;
  }

  private final Path root;
  private final RandomGenerator random;
  // Writers share it; whoever removes empty folders holds it alone, so that none goes from under a writer.
  private final ReadWriteLock folders = new ReentrantReadWriteLock();

  SafeFolder(Path root, RandomGenerator random) {
    this.root = root;
    this.random = random;
  }

  Path root() {
    return root;
  }

  /** Where a path is. */
  Path locate(String path) {
    return root.resolve(path);
  }

  /** Whether a folder between the root and the file is a link, or is no folder. */
  static boolean isBehindLink(Path root, Path file) {
    Path parent = file.getParent();
    while (parent != null && parent.startsWith(root) && !parent.equals(root)) {
      if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
      parent = parent.getParent();
    }
    return false;
  }

  /**
   * What the file at a path looks like; {@link Stamp#NONE} where there is none, or something that is no regular file.
   *
   * @throws IOException if it cannot be told, for example because a folder is closed to this user or the root is gone
   */
  Stamp stamp(String path) throws IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("the mirrored folder is gone");
    }
    Path file = locate(path);
    if (isBehindLink(root, file)) {
      return Stamp.NONE;
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? Walk.stamp(attributes) : Stamp.NONE;
    } catch (NoSuchFileException e) {
      return Stamp.NONE;
    }
  }

  /**
   * Replaces or makes a file: writes it beside, and renames it if the file still looks as expected.
   *
   * @return what the new file looks like; {@link Stamp#NONE} when the old one changed meanwhile, and was left alone
   * @throws IOException if something else is in the way or the disk refuses; the file is then as it was
   */
  Stamp write(String path, Stamp expected, Source source) throws IOException {
    Path file = locate(path);
    folders.readLock().lock();
    try {
      makeRoomFor(file);
      Path beside = file.resolveSibling(MirrorKeys.temporaryName(random.nextLong()));
      try {
        source.writeTo(beside);
        if (expected.exists()) {
          copyPermissions(file, beside);
        }
        Stamp written = Walk.stamp(Files.readAttributes(beside, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        if (!stamp(path).equals(expected)) {
          return Stamp.NONE;
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return written;
      } finally {
        Files.deleteIfExists(beside);
      }
    } finally {
      folders.readLock().unlock();
    }
  }

  private void makeRoomFor(Path file) throws IOException {
    if (isBehindLink(root, file)) {
      throw new IOException("a link or a file is where its folder should be");
    }
    try {
      Files.createDirectories(file.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new IOException("a file is where its folder should be", e);
    }
    if (isBehindLink(root, file)) {
      throw new IOException("a link or a file is where its folder should be");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(file);
      } catch (DirectoryNotEmptyException e) {
        throw new IOException("a folder is where it should be", e);
      }
    } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("something that is no file is where it should be");
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributeView fresh =
        Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (old != null && fresh != null) {
      try {
        fresh.setPermissions(old.readAttributes().permissions());
      } catch (NoSuchFileException e) {
        // The old file went away; the check before the rename sees it.
        return;
      }
    }
  }

  /** Removes a file, and the folders that are empty then. */
  void remove(String path) throws IOException {
    Path file = locate(path);
    folders.writeLock().lock();
    try {
      if (isBehindLink(root, file)) {
        throw new IOException("a link is on the way to it");
      }
      Files.deleteIfExists(file);
      Path parent = file.getParent();
      while (parent != null && !parent.equals(root) && removeIfEmpty(parent)) {
        parent = parent.getParent();
      }
    } finally {
      folders.writeLock().unlock();
    }
  }

  private static boolean removeIfEmpty(Path folder) throws IOException {
    try {
      return Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  /** Gives a file another name in its folder, one that is free. */
  String moveAside(String path, Stamp stamp) throws IOException {
    Path file = locate(path);
    String name = file.getFileName() + ".conflict-" + stamp.modified() / 1_000_000_000;
    Path aside = file.resolveSibling(name);
    for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
      aside = file.resolveSibling(name + "-" + i);
    }
    Files.move(file, aside);
    return Walk.relative(root, aside);
  }

  /** Removes what a run that was killed left behind. */
  void removeLeftOvers(Path folder) throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, file -> MirrorKeys.isTemporary(file.getFileName().toString()))) {
      for (Path file : found) {
        Files.deleteIfExists(file);
      }
    }
  }
}
