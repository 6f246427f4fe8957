package org.docs4j.blobs.bao;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The decoders of docs-blobs, with inputs that are led by what they reach. */
class DecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    Decoders.decode(input);
  }
}
