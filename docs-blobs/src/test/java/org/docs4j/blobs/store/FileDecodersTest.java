package org.docs4j.blobs.store;

import org.docs4j.tck.DecoderVerification;

/** The decoders of a store's files. */
class FileDecodersTest extends DecoderVerification {
  FileDecodersTest() {
    super("FileDecodersFuzzInputs/decode", 1_500, FileDecoders::decode);
  }
}
