package org.docs4j.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.Hash;
import org.jspecify.annotations.Nullable;

/** What is in a folder: the hash of every file by its path. */
final class DemoTree {
  private DemoTree() {}

  /** Reads all of a folder; what goes away meanwhile is left out. */
  static SortedMap<String, Hash> read(Path root) throws IOException {
    SortedMap<String, Hash> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            files.put(root.relativize(file).toString().replace('\\', '/'), Hash.ofContent(Files.readAllBytes(file)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** How many files a folder has, found without reading them. */
  static int count(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return (int) found.filter(Files::isRegularFile).count();
    }
  }

  /** One hash for a whole tree: of all paths and the hashes of their files, in order. */
  static Hash hash(SortedMap<String, Hash> files) {
    Blake3 hasher = Blake3.create();
    files.forEach(
        (path, hash) -> hasher.update((path + "\0" + hash + "\n").getBytes(StandardCharsets.UTF_8)));
    return Hash.of(hasher.digest());
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
