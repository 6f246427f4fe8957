package org.docs4j.gossip.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.gossip.TestData;
import org.docs4j.gossip.net.PiecedStream;
import org.docs4j.gossip.proto.Message;

/**
 * The decoders of this module, for tests with bytes from anywhere: the first byte chooses one, the rest is its input. It
 * returns what a peer's bytes may lead to, and throws on anything else.
 */
final class Decoders {
  private static final int KINDS = 4;
  private static final int MAX_FRAME_BYTES = 4096;

  private Decoders() {}

  static void decode(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    int kind = Byte.toUnsignedInt(input[0]);
    try {
      switch (kind % KINDS) {
        case 0 -> message(rest);
        case 1 -> PeerDataCodec.read(TestData.peer(1), Bytes.of(rest));
        case 2 -> stream(rest, 1 + kind / KINDS);
        default -> topic(rest, 1 + kind / KINDS);
      }
    } catch (MalformedMessageException e) {
      if (e.getMessage().isBlank() || e.getMessage().length() > 1000) {
        throw new AssertionError("no sentence for a person: " + e.getMessage(), e);
      }
    }
  }

  private static void message(byte[] body) {
    Message message = MessageCodec.read(new PostcardReader(body));
    byte[] frame = Frames.message(message);
    Message again = MessageCodec.read(new PostcardReader(frame, 4, frame.length - 4));
    if (!message.equals(again)) {
      throw new AssertionError(message + " is read again as " + again);
    }
  }

  /** A stream with its topic means the same however it arrives. */
  private static void topic(byte[] bytes, int piece) {
    List<PiecedStream.Heard> heard = PiecedStream.read(bytes, piece);
    List<PiecedStream.Heard> atOnce = PiecedStream.read(bytes, Math.max(1, bytes.length));
    if (!heard.equals(atOnce)) {
      throw new AssertionError("in pieces of " + piece + " bytes " + heard + " is heard, at once " + atOnce);
    }
  }

  /** A stream of frames that arrives in pieces. */
  private static void stream(byte[] bytes, int piece) {
    FrameReader frames = new FrameReader(MAX_FRAME_BYTES);
    for (int at = 0; at < bytes.length; at += piece) {
      ByteBuffer data = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      for (Optional<byte[]> frame = frames.next(data); frame.isPresent(); frame = frames.next(data)) {
        if (frame.get().length > MAX_FRAME_BYTES) {
          throw new AssertionError("a frame of " + frame.get().length + " bytes");
        }
        message(frame.get());
      }
      if (data.hasRemaining()) {
        throw new AssertionError("bytes that were not taken");
      }
    }
  }
}
