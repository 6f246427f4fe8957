package org.docs4j.blobs.store;

import org.docs4j.tck.Corpus;
import org.junit.jupiter.api.Test;

/** The decoders of a store's files on the kept inputs of fuzzing, and on what chance makes of them. */
class FileDecodersTest {
  private final Corpus corpus = Corpus.of(FileDecodersTest.class, "FileDecodersFuzzInputs/decode");

  @Test
  void decode_keptInputs_nothingUnexpected() {
    corpus.replay(FileDecoders::decode);
  }

  @Test
  void decode_alteredInputs_nothingUnexpected() {
    corpus.mutate(20_261_127, 1_500, FileDecoders::decode);
  }
}
