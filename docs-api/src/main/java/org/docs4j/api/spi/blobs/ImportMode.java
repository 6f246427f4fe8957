package org.docs4j.api.spi.blobs;

/** What becomes of a file that is added. */
public enum ImportMode {
  /** The store keeps a copy. */
  COPY,
  /** The store remembers where the file is, which must then not change; a changed file is a missing blob. */
  REFERENCE
}
