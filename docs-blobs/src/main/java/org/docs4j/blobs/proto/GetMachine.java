package org.docs4j.blobs.proto;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.BaoDecoder;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.DecodeSink;
import org.docs4j.blobs.bao.RangeSpecSeq;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;

/** The getter's side of one request for a blob: what to send, and what to make of the answer (WIRE 6.2, 6.3). */
public final class GetMachine {
  private final Hash hash;
  private final ChunkRanges ranges;
  private final DecodeSink sink;
  private final BaoDecoder decoder;

  /**
   * A machine for one request.
   *
   * @param hash of the blob
   * @param ranges what is wanted of it, not empty
   * @param sink takes what was verified, during {@link #bytes}
   */
  public GetMachine(Hash hash, ChunkRanges ranges, DecodeSink sink) {
    this.hash = hash;
    this.ranges = ranges;
    this.sink = sink;
    this.decoder = new BaoDecoder(hash, ranges);
  }

  /** The bytes of the request, after which the sending side ends. */
  public byte[] request() {
    return RequestCodec.encode(new BlobRequest.Get(hash, RangeSpecSeq.single(ranges)));
  }

  /**
   * Takes the next bytes of the answer; tells when it is complete, which may be before the stream ends.
   *
   * @throws org.docs4j.api.ContentMismatchException if they are not those of the blob
   */
  public Optional<GetOutcome> bytes(ByteBuffer bytes) {
    decoder.feed(bytes, sink);
    return decoder.isDone() ? Optional.of(new GetOutcome.Complete()) : Optional.empty();
  }

  /** The end of the stream before the answer was complete. */
  public GetOutcome end() {
    return decoder.hasBegun() ? new GetOutcome.CutOff() : new GetOutcome.NotFound();
  }

  /** A reset before the answer was complete. */
  public GetOutcome reset(long code) {
    if (decoder.hasBegun()) {
      return new GetOutcome.CutOff();
    }
    return code == Codes.PERMISSION || code == Codes.LIMIT ? new GetOutcome.Refused(code) : new GetOutcome.NotFound();
  }
}
