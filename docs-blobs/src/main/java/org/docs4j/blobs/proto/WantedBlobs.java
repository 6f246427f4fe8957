package org.docs4j.blobs.proto;

import java.util.List;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.RangeSpecSeq;
import org.docs4j.blobs.wire.BlobRequest;

/** Which blobs a request wants, one after the other (WIRE 6.2). */
public final class WantedBlobs {
  private final List<Hash> hashes;
  private final boolean listsChildren;
  private final RangeSpecSeq ranges;
  private long next;

  /** One of the wanted blobs, or the end. */
  public sealed interface Wanted {
    /**
     * A blob that the request names.
     *
     * @param hash of the blob
     * @param ranges what is wanted of it
     */
    record Named(Hash hash, ChunkRanges ranges) implements Wanted {}

    /**
     * A blob that another one names; if that one is too short, the response ends.
     *
     * @param parent the blob that lists hashes
     * @param index the place of the hash in it
     * @param ranges what is wanted
     */
    record Child(Hash parent, long index, ChunkRanges ranges) implements Wanted {}

    /** Nothing more. */
    record End() implements Wanted {}
  }

  private WantedBlobs(List<Hash> hashes, boolean listsChildren, RangeSpecSeq ranges) {
    this.hashes = hashes;
    this.listsChildren = listsChildren;
    this.ranges = ranges;
  }

  static WantedBlobs of(BlobRequest.Get get) {
    return new WantedBlobs(List.of(get.hash()), true, get.ranges());
  }

  static WantedBlobs of(BlobRequest.GetMany many) {
    return new WantedBlobs(many.hashes(), false, many.ranges());
  }

  /** The next wanted blob. */
  public Wanted next() {
    long number = next < 0 ? -1 : ranges.nextWanted(next);
    if (number < 0) {
      next = -1;
      return new Wanted.End();
    }
    next = number + 1;
    ChunkRanges wanted = ranges.at(number);
    if (number < hashes.size()) {
      return new Wanted.Named(hashes.get((int) number), wanted);
    }
    return listsChildren ? new Wanted.Child(hashes.get(0), number - 1, wanted) : new Wanted.End();
  }
}
