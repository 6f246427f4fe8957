package org.docs4j.gossip.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The decoders of docs-gossip, with inputs that are led by what they reach. */
class DecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    Decoders.decode(input);
  }
}
