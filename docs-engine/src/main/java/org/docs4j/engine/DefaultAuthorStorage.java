package org.docs4j.engine;

import java.nio.file.Path;

/** Where a node remembers its default author; the author's secret itself is in the store. */
public sealed interface DefaultAuthorStorage {
  /** Nowhere: each start has a new default author. */
  record Memory() implements DefaultAuthorStorage {}

  /**
   * In a file, as 64 hexadecimal digits (WIRE 9).
   *
   * @param file readable by its owner only
   */
  record File(Path file) implements DefaultAuthorStorage {}
}
