package org.docs4j.tck.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Every decoder of docs-api, with inputs that are led by what they reach. */
class DecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    Decoders.decode(input);
  }
}
