package org.docs4j.blobs.store;

import java.util.Optional;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobStore;

/** A store as the network side needs it. */
public interface VerifiedStore extends BlobStore {
  /** The blob for serving, if it is complete; the caller closes it. */
  Optional<BlobSource> source(Hash hash);

  /**
   * Where a blob that is being fetched goes; empty if it is complete already. The caller closes it.
   *
   * @throws org.docs4j.api.BlobException if it is being fetched elsewhere
   */
  Optional<BlobSink> sink(Hash hash);

  /** The settings that the store was opened with. */
  BlobsOptions options();
}
