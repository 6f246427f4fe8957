package org.docs4j.blobs.bao;

import org.docs4j.tck.DecoderVerification;

/** The decoders of this module. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 50_000, Decoders::decode);
  }
}
