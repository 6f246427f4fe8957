package org.docs4j.engine.wire;

import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.RecordIdentifier;

/**
 * Tells whether the next element of a message has arrived as a whole, without copying any of it. What can only be
 * malformed counts as whole: whoever decodes it then says what is wrong.
 */
final class Lookahead {
  private static final int MAX_VARINT_BYTES = 10;
  private static final long MAX_IDENTIFIER_BYTES = RecordIdentifier.PREFIX_BYTES + (long) Key.MAX_BYTES;

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean lacking;
  private boolean wrong;

  Lookahead(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean isWhole() {
    return !lacking;
  }

  Lookahead fixed(int length) {
    if (!wrong) {
      lacking |= length > end - at;
      at = lacking ? end : at + length;
    }
    return this;
  }

  Lookahead id() {
    return fixed(Bytes32.SIZE);
  }

  Lookahead varint() {
    number();
    return this;
  }

  Lookahead identifier() {
    long length = number();
    if (!lacking && (length < RecordIdentifier.PREFIX_BYTES || length > MAX_IDENTIFIER_BYTES)) {
      wrong = true;
    }
    return fixed((int) length);
  }

  private long number() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES && !wrong && !lacking; i++) {
      if (at == end) {
        lacking = true;
      } else {
        byte next = bytes[at++];
        value |= (next & 0x7FL) << (7 * i);
        if (next >= 0) {
          return value;
        }
      }
    }
    wrong |= !lacking;
    return 0;
  }
}
