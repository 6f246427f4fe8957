package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.docs4j.engine.captured.Recordings;
import org.docs4j.engine.session.PiecedStream;
import org.docs4j.tck.Corpus;
import org.junit.jupiter.api.Test;

/** The decoders on the kept inputs of fuzzing, on what chance makes of them, and on recorded frames. */
class DecodersTest {
  private final Corpus corpus = Corpus.of(DecodersTest.class, "DecodersFuzzInputs/decode");

  @Test
  void decode_keptInputs_nothingUnexpected() {
    corpus.replay(Decoders::decode);
    for (byte[] frame : Recordings.frames()) {
      // The length before the message has four bytes; its last one chooses the decoder.
      Decoders.decode(Arrays.copyOfRange(frame, 3, frame.length));
      assertEquals(1, PiecedStream.messages(frame).size());
    }
  }

  @Test
  void decode_alteredInputs_nothingUnexpected() {
    corpus.mutate(20_261_127, 20_000, Decoders::decode);
  }
}
