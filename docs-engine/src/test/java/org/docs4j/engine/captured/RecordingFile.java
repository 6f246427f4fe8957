package org.docs4j.engine.captured;

import java.nio.file.Path;

/**
 * Where a recording is: one that cannot be read fails its own tests, not those of the others.
 *
 * @param path of the file
 */
record RecordingFile(Path path) {
  /** Reads it anew. */
  Recording read() {
    return RecordingReader.read(path, toString());
  }

  /** Its folder and its name. */
  @Override
  public String toString() {
    return path.getParent().getFileName() + "/" + path.getFileName();
  }
}
