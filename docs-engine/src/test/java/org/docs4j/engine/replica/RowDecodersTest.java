package org.docs4j.engine.replica;

import org.docs4j.tck.Corpus;
import org.junit.jupiter.api.Test;

/** The decoders of rows on the kept inputs of fuzzing, rows of a store among them, and on what chance makes of them. */
class RowDecodersTest {
  private final Corpus corpus = Corpus.of(RowDecodersTest.class, "RowDecodersFuzzInputs/decode");

  @Test
  void decode_keptInputs_nothingUnexpected() {
    corpus.replay(RowDecoders::decode);
  }

  @Test
  void decode_alteredInputs_nothingUnexpected() {
    corpus.mutate(20_261_127, 30_000, RowDecoders::decode);
  }
}
