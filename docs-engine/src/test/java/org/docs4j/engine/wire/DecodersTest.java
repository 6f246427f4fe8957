package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.docs4j.engine.captured.Recordings;
import org.docs4j.engine.session.PiecedStream;
import org.docs4j.tck.DecoderVerification;
import org.junit.jupiter.api.Test;

/** The decoders of this module, on recorded frames as well. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 20_000, Decoders::decode);
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
