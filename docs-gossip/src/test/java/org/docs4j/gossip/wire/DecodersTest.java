package org.docs4j.gossip.wire;

import org.docs4j.tck.DecoderVerification;

/** The decoders of this module. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 40_000, Decoders::decode);
  }
}
