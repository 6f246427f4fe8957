package org.docs4j.engine.replica;

import org.docs4j.tck.DecoderVerification;

/** The decoders of rows, on rows of a store among others. */
class RowDecodersTest extends DecoderVerification {
  RowDecodersTest() {
    super("RowDecodersFuzzInputs/decode", 30_000, RowDecoders::decode);
  }
}
