package org.docs4j.blobs;

import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.blobs.net.BlobDownloader;
import org.docs4j.blobs.store.MemoryBlobStore;

/** Opens blob stores that keep their content in memory; named {@code memory}. */
public final class MemoryBlobsProvider implements BlobsProvider {
  /** For {@link java.util.ServiceLoader}. */
  public MemoryBlobsProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public BlobStore open(BlobsConfig config) {
    return new MemoryBlobStore(config);
  }

  @Override
  public Downloader attach(BlobStore store, Endpoint endpoint, Environment environment) {
    return BlobDownloader.attach(store, endpoint, environment);
  }
}
