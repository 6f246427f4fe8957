package org.docs4j.blobs.store;

import java.util.concurrent.atomic.AtomicBoolean;
import org.docs4j.api.model.Hash;

/** A source that gives its lease back when it is closed. */
final class LeasedSource implements BlobSource {
  private final BlobSource source;
  private final Leases leases;
  private final Hash hash;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a source, and the lease that the caller acquired for it. */
  LeasedSource(BlobSource source, Leases leases, Hash hash) {
    this.source = source;
    this.leases = leases;
    this.hash = hash;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public void data(long offset, byte[] target, int start, int length) {
    source.data(offset, target, start, length);
  }

  @Override
  public void parent(long index, byte[] target, int start) {
    source.parent(index, target, start);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        source.close();
      } finally {
        leases.release(hash);
      }
    }
  }
}
