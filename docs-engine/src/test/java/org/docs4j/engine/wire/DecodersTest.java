package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.docs4j.engine.captured.Recordings;
import org.docs4j.engine.session.PiecedStream;
import org.docs4j.tck.Corpus;
import org.docs4j.tck.DecoderVerification;
import org.junit.jupiter.api.Test;

/** The decoders of this module, on recorded frames as well. */
class DecodersTest extends DecoderVerification {
  private static final long SEED = 1;

  /** For each of the decoders. */
  private static final int MUTATIONS = 10_000;

  DecodersTest() {
    super("DecodersFuzzInputs/decode", 20_000, Decoders::decode);
  }

  /** Each decoder of messages gets each frame without its length, and that of streams gets it with the next ones behind. */
  @Test
  void decode_alteredRecordedFrames_nothingUnexpected() {
    List<byte[]> frames = Recordings.frames();
    for (int kind = 0; kind < Decoders.COUNT; kind++) {
      List<byte[]> inputs = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        inputs.add(kind == Decoders.STREAM ? input(kind, following(frames, i), 0) : input(kind, frames.get(i), 4));
      }
      Corpus.of(inputs).mutate(SEED + kind, MUTATIONS, Decoders::decode);
    }
  }

  /** A frame and the two after it. */
  private static byte[] following(List<byte[]> frames, int first) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = first; i < frames.size() && i < first + 3; i++) {
      stream.writeBytes(frames.get(i));
    }
    return stream.toByteArray();
  }

  private static byte[] input(int kind, byte[] bytes, int from) {
    return ByteBuffer.allocate(1 + bytes.length - from).put((byte) kind).put(bytes, from, bytes.length - from).array();
  }

  @Test
  void decode_recordedFrames_nothingUnexpected() {
    for (byte[] frame : Recordings.frames()) {
      // The length before the message has four bytes; its last one chooses the decoder.
      Decoders.decode(Arrays.copyOfRange(frame, 3, frame.length));
      assertEquals(1, PiecedStream.messages(frame).size());
    }
  }
}
