package org.docs4j.tck.wire;

import org.docs4j.tck.DecoderVerification;

/** The decoders of docs-api. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 20_000, Decoders::decode);
  }
}
