package org.docs4j.blobs;

import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.blobs.net.BlobDownloader;
import org.docs4j.blobs.store.FileBlobStore;

/** Opens blob stores that keep their content in a folder; named {@code file}. */
public final class FileBlobsProvider implements BlobsProvider {
  /** For {@link java.util.ServiceLoader}. */
  public FileBlobsProvider() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public BlobStore open(BlobsConfig config) {
    return FileBlobStore.open(config);
  }

  @Override
  public Downloader attach(BlobStore store, Endpoint endpoint, Environment environment) {
    return BlobDownloader.attach(store, endpoint, environment);
  }
}
