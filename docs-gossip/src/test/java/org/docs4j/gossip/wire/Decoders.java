package org.docs4j.gossip.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.gossip.TestData;
import org.docs4j.gossip.net.PiecedStream;
import org.docs4j.gossip.proto.Message;
import org.docs4j.tck.DecoderList;

/** The decoders of this module, see {@link DecoderList}; streams in pieces of 1 to 64 bytes. */
final class Decoders {
  private static final int PIECES = 64;
  private static final int MAX_FRAME_BYTES = 4096;

  private static final DecoderList ALL = DecoderList.of(List.of(MalformedMessageException.class), all());

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  private static List<Consumer<byte[]>> all() {
    List<Consumer<byte[]>> all = new ArrayList<>();
    for (int i = 1; i <= PIECES; i++) {
      int piece = i;
      all.add(Decoders::message);
      all.add(bytes -> PeerDataCodec.read(TestData.peer(1), Bytes.of(bytes)));
      all.add(bytes -> stream(bytes, piece));
      all.add(bytes -> topic(bytes, piece));
    }
    return all;
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
