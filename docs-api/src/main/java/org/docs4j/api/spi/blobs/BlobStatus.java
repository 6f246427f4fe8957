package org.docs4j.api.spi.blobs;

import org.docs4j.api.model.ContentStatus;

/** How much of a blob a store has. */
public sealed interface BlobStatus {
  /**
   * All of it.
   *
   * @param size in bytes
   */
  record Complete(long size) implements BlobStatus {}

  /**
   * A part of it.
   *
   * @param claimedSize in bytes, as a peer claimed and not yet proved
   */
  record Partial(long claimedSize) implements BlobStatus {}

  /** Nothing. */
  record Missing() implements BlobStatus {}

  /** The same in the terms of the sync protocol. */
  default ContentStatus toContentStatus() {
    if (this instanceof Complete) {
      return ContentStatus.COMPLETE;
    }
    return this instanceof Partial ? ContentStatus.INCOMPLETE : ContentStatus.MISSING;
  }
}
