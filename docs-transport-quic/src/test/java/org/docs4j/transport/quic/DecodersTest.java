package org.docs4j.transport.quic;

import org.docs4j.tck.DecoderVerification;

/** What this module decodes of a stranger's bytes. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 2_500, Decoders::decode);
  }
}
