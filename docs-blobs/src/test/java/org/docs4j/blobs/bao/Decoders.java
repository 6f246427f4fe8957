package org.docs4j.blobs.bao;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.TestContent;
import org.docs4j.blobs.proto.GetMachine;
import org.docs4j.blobs.proto.GetOutcome;
import org.docs4j.blobs.proto.RequestMachine;
import org.docs4j.blobs.proto.RequestMachine.Decision;
import org.docs4j.blobs.proto.WantedBlobs;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;
import org.docs4j.tck.DecoderList;

/** The decoders of this module, see {@link DecoderList}. */
final class Decoders {
  private static final int SIZE = 40_000;
  private static final int MAX_WANTED = 1000;
  private static final byte[] CONTENT = TestContent.ofSize(SIZE);
  private static final Hash HASH = BaoCodec.outboard(CONTENT).hash();

  /** What is asked for of the content when the first byte chooses an answer to it, at once or as it arrives. */
  private static final List<ChunkRanges> WANTED =
      List.of(ChunkRanges.of(0, 1), ChunkRanges.of(17, 18), ChunkRanges.from(-1), ChunkRanges.of(0, 1, 39, 40));

  private static final DecoderList ALL =
      DecoderList.of(List.of(MalformedMessageException.class, ContentMismatchException.class), all());

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  private static List<Consumer<byte[]>> all() {
    List<Consumer<byte[]>> all = new ArrayList<>();
    all.add(Decoders::request);
    all.add(Decoders::request);
    WANTED.forEach(wanted -> all.add(bytes -> answer(bytes, wanted)));
    WANTED.forEach(wanted -> all.add(bytes -> arrivingAnswer(bytes, wanted)));
    return all;
  }

  private static void request(byte[] bytes) {
    boolean served = arrivingRequest(bytes) instanceof Decision.Serve;
    BlobRequest request;
    try {
      request = RequestCodec.decode(bytes);
    } catch (MalformedMessageException e) {
      if (served) {
        throw new AssertionError("what is no request is served", e);
      }
      throw e;
    }
    if (served != (request instanceof BlobRequest.Get || request instanceof BlobRequest.GetMany)) {
      throw new AssertionError(request + " is served: " + served);
    }
    BlobRequest again = RequestCodec.decode(RequestCodec.encode(request));
    if (!request.equals(again)) {
      throw new AssertionError(request + " is read again as " + again);
    }
  }

  /** What a provider makes of a request that arrives in pieces; what it wants comes to an end or goes on in small steps. */
  private static Decision arrivingRequest(byte[] bytes) {
    RequestMachine machine = new RequestMachine();
    Optional<Decision> decision = Optional.empty();
    for (int at = 0; at < bytes.length && decision.isEmpty(); at += size(bytes, at)) {
      decision = machine.bytes(ByteBuffer.wrap(bytes, at, size(bytes, at)));
    }
    Decision decided = decision.orElseGet(machine::end);
    if (decided instanceof Decision.Serve serve) {
      for (int i = 0; i < MAX_WANTED && !(serve.wanted().next() instanceof WantedBlobs.Wanted.End); i++) {
        // Each is looked at when its turn comes.
      }
    }
    return decided;
  }

  /** How many bytes come in the piece that begins at a place: as many as its first one says. */
  private static int size(byte[] bytes, int at) {
    return Math.min(bytes.length - at, 1 + Byte.toUnsignedInt(bytes[at]));
  }

  /** What a getter makes of an answer that arrives in pieces is what it makes of it at once, and the content's. */
  private static void arrivingAnswer(byte[] bytes, ChunkRanges wanted) {
    BaoCodec.Decoded decoded = new BaoCodec.Decoded();
    GetMachine machine = new GetMachine(HASH, wanted, decoded);
    Optional<GetOutcome> outcome = Optional.empty();
    try {
      for (int at = 0; at < bytes.length && outcome.isEmpty(); at += size(bytes, at)) {
        outcome = machine.bytes(ByteBuffer.wrap(bytes, at, size(bytes, at)));
      }
    } finally {
      checkContent(decoded);
    }
    BaoCodec.Decoded whole = new BaoCodec.Decoded();
    boolean complete = new GetMachine(HASH, wanted, whole).bytes(ByteBuffer.wrap(bytes)).isPresent();
    if (complete != outcome.isPresent()
        || whole.size != decoded.size
        || !whole.leaves.keySet().equals(decoded.leaves.keySet())) {
      throw new AssertionError("pieces make " + outcome + ", all at once is complete: " + complete);
    }
    if (!complete && machine.end() instanceof GetOutcome.Complete) {
      throw new AssertionError("the end of an answer makes it complete");
    }
  }

  /** Whatever is passed on is the content's. */
  private static void answer(byte[] bytes, ChunkRanges wanted) {
    BaoDecoder decoder = new BaoDecoder(HASH, wanted);
    BaoCodec.Decoded decoded = new BaoCodec.Decoded();
    try {
      decoder.feed(ByteBuffer.wrap(bytes), decoded);
    } finally {
      checkContent(decoded);
    }
  }

  private static void checkContent(BaoCodec.Decoded decoded) {
    decoded.leaves.forEach(
        (offset, leaf) -> {
          int from = Math.toIntExact(offset);
          if (!Arrays.equals(leaf, Arrays.copyOfRange(CONTENT, from, from + leaf.length))) {
            throw new AssertionError("other bytes than the content's at " + offset);
          }
        });
  }
}
