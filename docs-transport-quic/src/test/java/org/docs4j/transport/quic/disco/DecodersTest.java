package org.docs4j.transport.quic.disco;

import org.docs4j.tck.DecoderVerification;

/** The decoders of disco; recorded datagrams are among the kept inputs. */
class DecodersTest extends DecoderVerification {
  DecodersTest() {
    super("DecodersFuzzInputs/decode", 3_000, Decoders::decode);
  }
}
