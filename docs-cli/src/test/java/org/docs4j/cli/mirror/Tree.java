package org.docs4j.cli.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.docs4j.api.model.Hash;

/** Folders in tests: what is in them, and waiting until they are as they should be. */
final class Tree {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(60);

  private Tree() {}

  /** A name that is not ASCII, where this system's encoding of file names has it. */
  static String foreignName() {
    String name = "größe";
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.forName(encoding).newEncoder().canEncode(name) ? name : "groesse";
  }

  /** The hash of every regular file, by path. */
  static Map<String, Hash> of(Path root) {
    Map<String, Hash> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
        files.put(root.relativize(file).toString(), Hash.ofContent(Files.readAllBytes(file)));
      }
    } catch (IOException | UncheckedIOException e) {
      // A file went away while it was read: the next look sees all.
      files.put("changing", Hash.EMPTY);
    }
    return files;
  }

  /** Waits until two folders have the same files, and fails with both if they never do. */
  static void awaitEqual(Path left, Path right) {
    await(() -> {
      Map<String, Hash> a = of(left);
      Map<String, Hash> b = of(right);
      return a.equals(b) ? "" : a.keySet() + " is not " + b.keySet();
    });
  }

  /** Waits until a problem is gone: until the text that describes it is empty. */
  static void await(Supplier<String> problem) {
    long deadline = System.nanoTime() + NANOS;
    String last = problem.get();
    while (!last.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(last);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      last = problem.get();
    }
  }

  /** Writes a file and the folders that it is in. */
  static void write(Path root, String path, String content) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), content);
  }
}
