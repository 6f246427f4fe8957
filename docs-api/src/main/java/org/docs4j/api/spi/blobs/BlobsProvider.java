package org.docs4j.api.spi.blobs;

import org.docs4j.api.spi.Provider;

import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Endpoint;

/** Opens one kind of blob store and connects it to the network; found with {@link java.util.ServiceLoader}. */
public interface BlobsProvider extends Provider {
  /**
   * Opens the store.
   *
   * @throws org.docs4j.api.StoreLockedException if the folder is open elsewhere
   * @throws org.docs4j.api.BlobException if it cannot be opened for another reason
   */
  BlobStore open(BlobsConfig config);

  /**
   * Serves the store's blobs to peers of the endpoint, and fetches blobs from peers into it.
   *
   * @param store opened by this provider; owned by the caller
   * @param endpoint owned by the caller, closed after the downloader
   */
  Downloader attach(BlobStore store, Endpoint endpoint, Environment environment);
}
