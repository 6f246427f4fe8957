package org.docs4j.cli.node;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds a node: its documents, keys and content, and in {@code cli} what the command line remembers.
 *
 * @param path where it is
 * @param named whether the user named it, rather than taking the default
 */
public record DataFolder(Path path, boolean named) {
  /** What every node has in its folder. */
  private static final String NODE_STORE = "store";

  private static final String OWN = "cli";

  /** The folder that the user named, else the one that this platform has for the data of a user's programs. */
  public static DataFolder of(Optional<Path> named, Map<String, String> environment) {
    return named
        .map(path -> new DataFolder(path.toAbsolutePath().normalize(), true))
        .orElseGet(() -> new DataFolder(standard(System.getProperty("os.name", ""), environment), false));
  }

  /** The default folder of a user on the platform of the given name. */
  static Path standard(String platform, Map<String, String> environment) {
    String name = platform.toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home", "."));
    Path parent = home.resolve(".local").resolve("share");
    if (name.startsWith("windows")) {
      parent = variable(environment, "LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
    } else if (name.startsWith("mac")) {
      parent = home.resolve("Library").resolve("Application Support");
    } else {
      // The XDG base directory specification: a relative path in the variable does not count.
      parent = variable(environment, "XDG_DATA_HOME").orElse(parent);
    }
    return parent.resolve("docs4j").toAbsolutePath();
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(Path::of).filter(Path::isAbsolute);
  }

  /** The part of the folder that belongs to the command line. */
  public Path own() {
    return path.resolve(OWN);
  }

  /**
   * Checks that there is a node to work with.
   *
   * @throws BadInputException if there is no such folder
   */
  public void requireExisting() {
    if (!Files.isDirectory(path)) {
      throw new BadInputException(
          Files.exists(path)
              ? path + " is no folder"
              : "there is no data folder " + path + ": docs create, docs join and docs mirror make one");
    }
    if (!Files.isDirectory(path.resolve(NODE_STORE))) {
      throw new BadInputException(
          path + " is no data folder: docs create, docs join and docs mirror make one of an empty folder");
    }
  }

  /**
   * Checks that the folder is there or can be made.
   *
   * @throws BadInputException if it is something else, or the user named it and its parent does not exist
   */
  public void requireCreatable() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
      throw new BadInputException(path + " is no folder");
    }
    Path parent = path.getParent();
    if (named && parent != null && !Files.isDirectory(parent)) {
      throw new BadInputException("there is no folder " + parent + " to make the data folder in");
    }
  }
}
