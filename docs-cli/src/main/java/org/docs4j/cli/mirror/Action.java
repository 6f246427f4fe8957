package org.docs4j.cli.mirror;

/**
 * Something to be done about a path, at most one thing at a time; answered with {@link Input.Done}.
 *
 * <p>Whoever does it first checks that the file still is as {@code disk} says, and otherwise answers
 * {@link Outcome.DiskIs} and does nothing: so an old view of the folder never destroys anything.
 */
public sealed interface Action {
  /** The path, relative to the folder, with {@code /} between its names. */
  String path();

  /** What the file looked like when this was decided. */
  Stamp disk();

  /**
   * Write the file's content to the document, unless the document's version already has this content.
   *
   * @param path the path
   * @param disk the file
   * @param current the document's version
   */
  record Publish(String path, Stamp disk, Version current) implements Action {}

  /**
   * Write a tombstone at the path's exact key.
   *
   * @param path the path
   */
  record Delete(String path) implements Action {
    @Override
    public Stamp disk() {
      return Stamp.NONE;
    }
  }

  /**
   * Write the version's content to the file.
   *
   * @param path the path
   * @param disk the file to be replaced
   * @param version the version
   */
  record Write(String path, Stamp disk, Version version) implements Action {}

  /**
   * Remove the file.
   *
   * @param path the path
   * @param disk the file
   * @param version the tombstone that asks for it
   */
  record Remove(String path, Stamp disk, Version version) implements Action {}

  /**
   * Compare the file with the version: both are new to each other. Where they differ, the newer one wins, and the file is
   * kept under another name if it loses.
   *
   * @param path the path
   * @param disk the file
   * @param version the version
   */
  record Merge(String path, Stamp disk, Version version) implements Action {}
}
