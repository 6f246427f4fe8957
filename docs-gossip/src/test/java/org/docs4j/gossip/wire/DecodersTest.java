package org.docs4j.gossip.wire;

import org.docs4j.tck.Corpus;
import org.junit.jupiter.api.Test;

/** The decoders on the kept inputs of fuzzing, recorded frames among them, and on what chance makes of them. */
class DecodersTest {
  private final Corpus corpus = Corpus.of(DecodersTest.class, "DecodersFuzzInputs/decode");

  @Test
  void decode_keptInputs_nothingUnexpected() {
    corpus.replay(Decoders::decode);
  }

  @Test
  void decode_alteredInputs_nothingUnexpected() {
    corpus.mutate(20_261_127, 40_000, Decoders::decode);
  }
}
