package org.docs4j.transport.quic;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What strangers are asked to prove before anything else, with inputs that are led by what they reach. */
class DecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    Decoders.decode(input);
  }
}
