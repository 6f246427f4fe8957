package org.docs4j.blobs.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.blobs.bao.BaoTree;

/** A blob that arrives in memory. Nothing is kept before the first data was verified. */
final class MemorySink implements BlobSink {
  private final MemoryBlobStore store;
  private final Hash hash;
  private final List<byte[]> earlyParents = new ArrayList<>();
  private Optional<MemoryBlob> blob;
  private long claimed;
  private boolean published;
  private boolean closed;

  MemorySink(MemoryBlobStore store, Hash hash, Optional<MemoryBlob> before) {
    this.store = store;
    this.hash = hash;
    this.blob = before;
  }

  @Override
  public long verifiedBytes() {
    return blob.map(known -> known.data().size()).orElse(0L);
  }

  @Override
  public void size(long size) {
    if (verifiedBytes() > 0 && size <= verifiedBytes()) {
      throw new ContentMismatchException(
          "a peer claims " + size + " bytes for blob " + hash.shortText() + ", of which more are verified");
    }
    claimed = size;
    blob = blob.map(known -> new MemoryBlob(size, known.data(), known.outboard()));
  }

  @Override
  public void parent(long index, byte[] pair) {
    if (blob.isEmpty()) {
      earlyParents.add(pair.clone());
    } else {
      blob.get().outboard().write(index * BaoTree.PARENT_BYTES, pair, 0, BaoTree.PARENT_BYTES);
    }
  }

  @Override
  public void leaf(long offset, byte[] data, int start, int length) {
    MemoryBlob target = blob.orElseGet(this::create);
    target.data().write(offset, data, start, length);
  }

  private MemoryBlob create() {
    MemoryBlob created = store.newBlob(claimed);
    // The parents above the first group are the first ones in pre-order.
    for (int i = 0; i < earlyParents.size(); i++) {
      created.outboard().write((long) i * BaoTree.PARENT_BYTES, earlyParents.get(i), 0, BaoTree.PARENT_BYTES);
    }
    earlyParents.clear();
    blob = Optional.of(created);
    return created;
  }

  @Override
  public BlobInfo complete() {
    published = store.publish(hash, blob.orElseThrow());
    return new BlobInfo(hash, claimed);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.closed(hash, published ? Optional.empty() : blob);
    }
  }
}
