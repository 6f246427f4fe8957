package org.docs4j.engine.replica;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The decoders of rows, with inputs that are led by what they reach. */
class RowDecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    RowDecoders.decode(input);
  }
}
