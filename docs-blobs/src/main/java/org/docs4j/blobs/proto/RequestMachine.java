package org.docs4j.blobs.proto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.blobs.wire.BlobRequest;
import org.docs4j.blobs.wire.RequestCodec;

/** The provider's side until it knows what to send: collects the bytes of one request and decides (WIRE 6.1, 6.3). */
public final class RequestMachine {
  private static final int USUAL_BYTES = 16 << 10;

  private final ByteArrayOutputStream request = new ByteArrayOutputStream(64);

  /** What the provider does with a request. */
  public sealed interface Decision {
    /**
     * Sends what is wanted.
     *
     * @param wanted the blobs in their order
     */
    record Serve(WantedBlobs wanted) implements Decision {}

    /**
     * Resets the stream.
     *
     * @param code tells why
     */
    record Refuse(long code) implements Decision {}

    /**
     * Ends the stream without a byte and reads no more of it: the bytes are no request.
     *
     * @param why for the log
     */
    record HangUp(String why) implements Decision {}
  }

  /** Whether so much has arrived that it is no usual request any more, and takes room. */
  public boolean isLarge() {
    return request.size() > USUAL_BYTES;
  }

  /** Takes the next bytes; decides already here where more of them would change nothing. */
  public Optional<Decision> bytes(ByteBuffer bytes) {
    if (request.size() + bytes.remaining() > RequestCodec.MAX_BYTES) {
      return Optional.of(new Decision.HangUp("a request of more than " + RequestCodec.MAX_BYTES + " bytes"));
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    if (request.size() == 0 && copy.length > 0 && copy[0] == RequestCodec.PUSH) {
      return Optional.of(new Decision.Refuse(Codes.PERMISSION));
    }
    request.writeBytes(copy);
    return Optional.empty();
  }

  /** Decides at the end of the request. */
  public Decision end() {
    try {
      BlobRequest decoded = RequestCodec.decode(request.toByteArray());
      if (decoded instanceof BlobRequest.Get get) {
        return new Decision.Serve(WantedBlobs.of(get));
      }
      if (decoded instanceof BlobRequest.GetMany many) {
        return new Decision.Serve(WantedBlobs.of(many));
      }
      return new Decision.Refuse(Codes.PERMISSION);
    } catch (MalformedMessageException e) {
      return new Decision.HangUp(e.getMessage());
    }
  }
}
