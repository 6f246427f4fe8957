package org.docs4j.cli.mirror;

import org.docs4j.api.model.Hash;

/** Something that a mirror did, or could not do, to a file. */
public sealed interface Deed {
  /** The path. */
  String path();

  /**
   * A file of the folder went to the document.
   *
   * @param path which
   * @param hash its content
   * @param length its content's length
   */
  record Published(String path, Hash hash, long length) implements Deed {}

  /**
   * A file is gone from the folder, and the document says so.
   *
   * @param path which
   */
  record Deleted(String path) implements Deed {}

  /**
   * A file of the document was written to the folder.
   *
   * @param path which
   * @param hash its content
   * @param length its content's length
   */
  record Wrote(String path, Hash hash, long length) implements Deed {}

  /**
   * A file that the document says is gone was removed from the folder.
   *
   * @param path which
   */
  record Removed(String path) implements Deed {}

  /**
   * A file was changed on both sides; the document's is newer.
   *
   * @param path which
   * @param kept the path at which the file of the folder is kept
   */
  record Conflict(String path, String kept) implements Deed {}

  /**
   * Nothing was done about a file.
   *
   * @param path which, or as much of it as can be shown
   * @param reason why not
   */
  record Refused(String path, String reason) implements Deed {}
}
