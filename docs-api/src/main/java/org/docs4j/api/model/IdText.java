package org.docs4j.api.model;

import org.docs4j.api.wire.Base32;

/** Reads the two text forms of ids (WIRE 2.5). */
final class IdText {
  private static final int HEX_CHARACTERS = 64;
  private static final int BASE32_CHARACTERS = 52;

  private IdText() {}

  static Bytes32 parse(String text) {
    return switch (text.length()) {
      case HEX_CHARACTERS -> Bytes32.parseHex(text);
      case BASE32_CHARACTERS -> Bytes32.of(Base32.decode(text));
      default -> throw new IllegalArgumentException(
          "an id has 64 hexadecimal digits or 52 characters of base32, not " + text.length() + " characters");
    };
  }
}
