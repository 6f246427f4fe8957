package org.docs4j.blobs.store;

import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.blobs.bao.DecodeSink;

/**
 * A blob that is arriving, fed by a decoder; garbage collection leaves it alone until it is closed. For one thread at a
 * time. Takes no room for what is not verified.
 */
public interface BlobSink extends DecodeSink, AutoCloseable {
  /** How many bytes from the beginning are here and verified: a multiple of 16 KiB that need not be fetched again. */
  long verifiedBytes();

  /** Makes the blob a complete one of the store, after the decoder is done with everything to the end. */
  BlobInfo complete();

  /** Keeps what was verified for the next time, unless the blob is complete. Idempotent. */
  @Override
  void close();
}
