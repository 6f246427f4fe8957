package org.docs4j.engine.wire;

import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.RecordIdentifier;

/**
 * Tells whether the next element of a message has arrived as a whole, without copying any of it. What can only be
 * malformed counts as whole: whoever decodes it then says what is wrong. So does what is known to be too long, from its
 * length on.
 */
final class Lookahead {
  private static final int MAX_VARINT_BYTES = 10;
  private static final long MAX_IDENTIFIER_BYTES = RecordIdentifier.PREFIX_BYTES + (long) Key.MAX_BYTES;

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean lacking;
  private boolean wrong;
  private boolean tooLong;

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

  /** Whether an identifier has a longer key than an entry may have. */
  boolean isTooLong() {
    return tooLong;
  }

  /** The identifier of an entry. */
  Lookahead identifier() {
    long length = identifierLength();
    wrong |= tooLong;
    return fixed((int) length);
  }

  /** The identifier at an end of a range, or as much as is taken of it. */
  Lookahead rangeEnd() {
    return fixed((int) Math.min(identifierLength(), MAX_IDENTIFIER_BYTES));
  }

  private long identifierLength() {
    long length = number();
    if (!lacking && !wrong) {
      wrong = length < RecordIdentifier.PREFIX_BYTES;
      tooLong = length > MAX_IDENTIFIER_BYTES;
    }
    return length;
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
