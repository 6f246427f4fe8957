package org.docs4j.blobs.store;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The decoders of a store's files, with inputs that are led by what they reach. */
class FileDecodersFuzz {
  @FuzzTest(maxDuration = "2m")
  void decode(byte[] input) {
    FileDecoders.decode(input);
  }
}
