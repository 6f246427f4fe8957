package org.docs4j.blobs.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.proto.WantedBlobs;
import org.docs4j.blobs.proto.WantedBlobs.Wanted;
import org.docs4j.blobs.store.BlobSource;
import org.docs4j.blobs.store.VerifiedStore;

/**
 * The whole answer to a request: the responses for its blobs, one after the other, in pieces that fit a buffer. Lists of
 * hashes are read entry by entry, never as a whole. For one thread at a time.
 */
final class Answer implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int HASH_BYTES = 32;

  private final VerifiedStore store;
  private final WantedBlobs wanted;
  private Optional<BlobSource> list = Optional.empty();
  private Optional<ResponseBytes> current = Optional.empty();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private boolean ended;

  Answer(VerifiedStore store, WantedBlobs wanted) {
    this.store = store;
    this.wanted = wanted;
  }

  /** Whether all bytes were produced. */
  boolean isEnded() {
    return ended;
  }

  /**
   * The next bytes, none only at the end; valid until the next call.
   *
   * @throws BlobNotFoundException if a blob is not complete here
   */
  ByteBuffer next() {
    buffer.clear();
    while (!ended && buffer.position() < BUFFER_BYTES / 2) {
      if (current.isEmpty()) {
        open();
      } else if (!current.get().fill(buffer)) {
        current.get().close();
        current = Optional.empty();
      } else if (buffer.position() > 0) {
        break;
      } else {
        buffer = ByteBuffer.allocate(BUFFER_BYTES);
      }
    }
    return buffer.flip();
  }

  private void open() {
    Wanted next = wanted.next();
    if (next instanceof Wanted.Named named) {
      open(named.hash(), named.ranges());
    } else if (next instanceof Wanted.Child child) {
      child(child).ifPresentOrElse(hash -> open(hash, child.ranges()), () -> ended = true);
    } else {
      ended = true;
    }
  }

  private void open(Hash hash, ChunkRanges ranges) {
    ResponseBytes response = new ResponseBytes(source(hash), ranges);
    current = Optional.of(response);
    if (buffer.capacity() == 0) {
      buffer = ByteBuffer.allocate(response.roomFor(BUFFER_BYTES));
    }
  }

  private BlobSource source(Hash hash) {
    return store
        .source(hash)
        .orElseThrow(() -> new BlobNotFoundException("blob " + hash.shortText() + " is not complete here"));
  }

  /** The hash at a place of the list, if the list is that long. */
  private Optional<Hash> child(Wanted.Child child) {
    if (list.isEmpty()) {
      list = Optional.of(source(child.parent()));
    }
    BlobSource hashes = list.get();
    if (hashes.size() % HASH_BYTES != 0) {
      throw new BlobNotFoundException("blob " + child.parent().shortText() + " is no list of hashes");
    }
    if (child.index() < 0 || child.index() >= hashes.size() / HASH_BYTES) {
      return Optional.empty();
    }
    byte[] hash = new byte[HASH_BYTES];
    hashes.data(child.index() * HASH_BYTES, hash, 0, HASH_BYTES);
    return Optional.of(Hash.of(hash));
  }

  @Override
  public void close() {
    current.ifPresent(ResponseBytes::close);
    list.ifPresent(BlobSource::close);
  }
}
