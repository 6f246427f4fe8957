package org.docs4j.cli.mirror;

/** What a key of a document means to a mirror. */
public sealed interface KeyMeaning {
  /**
   * A file.
   *
   * @param path its path, relative to the folder, with {@code /} between its names
   */
  record File(String path) implements KeyMeaning {}

  /** Nothing: not the form that a mirror writes. */
  record Other() implements KeyMeaning {}

  /**
   * A path that must not be written here.
   *
   * @param reason why, as the end of a sentence
   */
  record Refused(String reason) implements KeyMeaning {}
}
