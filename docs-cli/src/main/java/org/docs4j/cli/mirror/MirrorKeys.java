package org.docs4j.cli.mirror;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.docs4j.api.model.Key;
import org.docs4j.cli.output.Plain;

/**
 * The keys of mirrored files: the relative path with {@code /} between its names, in UTF-8, and a zero byte.
 *
 * <p>The zero byte keeps the prefix rule away: no such key is the beginning of another one. Pure functions.
 */
public final class MirrorKeys {
  private static final String TEMPORARY_START = ".docs4j-";
  private static final String TEMPORARY_END = ".tmp";

  private static final int MAX_PATH_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 255;
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private MirrorKeys() {}

  /** Whether a file of that name is one that this program is still writing, here or in a blob store's export. */
  static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY_START) && name.endsWith(TEMPORARY_END);
  }

  /** A name for a file that is still being written. */
  static String temporaryName(long number) {
    return TEMPORARY_START + Long.toHexString(number) + TEMPORARY_END;
  }

  /** The key of a path. */
  public static Key key(String path) {
    return Key.of(path + "\0");
  }

  /** What a key means in a folder of the given file system. */
  public static KeyMeaning meaning(Key key, FileSystem system) {
    byte[] bytes = key.toByteArray();
    if (bytes.length == 0 || bytes[bytes.length - 1] != 0) {
      return new KeyMeaning.Other();
    }
    Optional<String> text = Plain.utf8(bytes);
    if (text.isEmpty()) {
      return new KeyMeaning.Refused("its name is not valid UTF-8");
    }
    String path = text.get().substring(0, text.get().length() - 1);
    return refusal(path, system)
        .<KeyMeaning>map(KeyMeaning.Refused::new)
        .orElseGet(() -> new KeyMeaning.File(path));
  }

  /** Why a path cannot be mirrored; empty when it can. */
  static Optional<String> refusal(String path, FileSystem system) {
    if (path.indexOf('\0') >= 0) {
      return Optional.of("its name contains a zero byte");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      return Optional.of("its path is longer than " + MAX_PATH_BYTES + " bytes");
    }
    if (path.startsWith("/")) {
      return Optional.of("it would leave the folder");
    }
    for (String name : path.split("/", -1)) {
      Optional<String> reason = nameRefusal(name, system);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nameRefusal(String name, FileSystem system) {
    if (name.equals("..")) {
      return Optional.of("it would leave the folder");
    }
    if (name.isEmpty() || name.equals(".")) {
      return Optional.of("its path has an empty name or a dot for one");
    }
    if (isTemporary(name)) {
      return Optional.of("its name is that of a temporary file");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      return Optional.of("a name in its path is longer than " + MAX_NAME_BYTES + " bytes");
    }
    return isName(name, system) ? Optional.empty() : Optional.of("a name in its path is not possible here");
  }

  /** Whether this platform takes the text for a single name, and for nothing else. */
  private static boolean isName(String name, FileSystem system) {
    if (system.getSeparator().equals("\\") && isSpecialOnWindows(name)) {
      return false;
    }
    try {
      Path path = system.getPath(name);
      return !path.isAbsolute() && path.getRoot() == null && path.getNameCount() == 1 && path.toString().equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isSpecialOnWindows(String name) {
    String stem = name.split("\\.", -1)[0].strip().toLowerCase(Locale.ROOT);
    return name.contains(":")
        || name.endsWith(".")
        || name.endsWith(" ")
        || DEVICES.contains(stem)
        || stem.matches("(com|lpt)[0-9\u00b9\u00b2\u00b3]");
  }
}
