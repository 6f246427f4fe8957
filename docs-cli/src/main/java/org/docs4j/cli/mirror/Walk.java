package org.docs4j.cli.mirror;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.docs4j.cli.node.CommandFailedException;
import org.jspecify.annotations.Nullable;

/** Lists the files of a folder, or of a part of it, without following links; used by one thread. */
final class Walk extends SimpleFileVisitor<Path> {
  /** Why links are left out. */
  static final String LINK = "symbolic links are not mirrored";

  private final Path root;
  private final Consumer<Path> folders;
  private final BiConsumer<String, String> skipped;
  private final SortedMap<String, Stamp> files = new TreeMap<>();

  private Walk(Path root, Consumer<Path> folders, BiConsumer<String, String> skipped) {
    this.root = root;
    this.folders = folders;
    this.skipped = skipped;
  }

  /**
   * The files at a path or below it; a path behind a link has none.
   *
   * @param root the mirrored folder
   * @param scope the path, {@code ""} for all of it
   * @param folders told of each folder before what is in it is listed
   * @param skipped told of each file that cannot be mirrored, and why
   * @throws CommandFailedException if the mirrored folder is gone or cannot be read
   */
  static SortedMap<String, Stamp> files(
      Path root, String scope, Consumer<Path> folders, BiConsumer<String, String> skipped) {
    Walk walk = new Walk(root, folders, skipped);
    try {
      if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandFailedException("the mirrored folder " + root + " is gone");
      }
      Path start = root.resolve(scope);
      if (Files.exists(start, LinkOption.NOFOLLOW_LINKS) && !SafeFolder.isBehindLink(root, start)) {
        Files.walkFileTree(start, walk);
      }
    } catch (IOException e) {
      throw new CommandFailedException("the folder " + root + " cannot be read: " + e.getMessage(), e);
    }
    return walk.files;
  }

  /** What a file looks like. */
  static Stamp stamp(BasicFileAttributes attributes) {
    return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** The path of a file within the folder, with {@code /} between its names. */
  static String relative(Path root, Path file) {
    return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    folders.accept(folder);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String path = relative(root, file);
    if (MirrorKeys.isTemporary(file.getFileName().toString())) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isSymbolicLink()) {
      skipped.accept(path, LINK);
    } else if (!attributes.isRegularFile()) {
      skipped.accept(path, "only regular files are mirrored");
    } else {
      take(path, file, attributes);
    }
    return FileVisitResult.CONTINUE;
  }

  private void take(String path, Path file, BasicFileAttributes attributes) {
    Optional<String> reason = MirrorKeys.refusal(path, root.getFileSystem());
    if (reason.isPresent()) {
      skipped.accept(path, reason.get());
    } else if (path.indexOf('\ufffd') >= 0 || !root.resolve(path).equals(file)) {
      skipped.accept(path, "its name is no text in this system's encoding");
    } else {
      files.put(path, stamp(attributes));
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      skipped.accept(relative(root, file), "it cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
    if (failure != null) {
      skipped.accept(relative(root, folder), "it cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }
}
