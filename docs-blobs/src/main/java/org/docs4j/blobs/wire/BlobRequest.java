package org.docs4j.blobs.wire;

import java.util.List;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.RangeSpecSeq;

/** What a peer asks for on one stream (WIRE 6.1). */
public sealed interface BlobRequest {
  /**
   * A blob, and the blobs whose hashes it lists.
   *
   * @param hash of the blob
   * @param ranges what is wanted of it and of those
   */
  record Get(Hash hash, RangeSpecSeq ranges) implements BlobRequest {}

  /**
   * Several blobs.
   *
   * @param hashes which
   * @param ranges what is wanted of each, by its number
   */
  record GetMany(List<Hash> hashes, RangeSpecSeq ranges) implements BlobRequest {
    /** Copies the list. */
    public GetMany {
      hashes = List.copyOf(hashes);
    }
  }

  /**
   * To be told how much of a blob is here.
   *
   * @param hash of the blob
   * @param ranges what interests the peer
   */
  record Observe(Hash hash, ChunkRanges ranges) implements BlobRequest {}

  /**
   * To take a blob; its data follows.
   *
   * @param hash of the blob
   * @param ranges what will be sent
   */
  record Push(Hash hash, RangeSpecSeq ranges) implements BlobRequest {}
}
