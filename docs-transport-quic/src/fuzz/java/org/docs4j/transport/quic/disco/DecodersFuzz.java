package org.docs4j.transport.quic.disco;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The decoders of disco, with inputs that are led by what they reach. */
class DecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    Decoders.decode(input);
  }
}
