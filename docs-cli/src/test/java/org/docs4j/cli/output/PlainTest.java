package org.docs4j.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.api.model.Key;
import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void line_controlCharacters_becomeVisible() {
    assertEquals("a\\u{1b}[31m\\u{a}b\\0", Plain.line("a\u001b[31m\nb\0"));
  }

  @Test
  void line_textDirectionMarks_becomeVisible() {
    assertEquals("\\u{202e}gpj.exe", Plain.line("\u202egpj.exe"));
  }

  @Test
  void key_noText_isHexadecimal() {
    assertEquals("0xff00", Plain.key(Key.of(new byte[] {-1, 0})));
    assertEquals("größe", Plain.key(Key.of("größe")));
  }

  @Test
  void utf8_cutSequence_isNone() {
    assertTrue(Plain.utf8(new byte[] {(byte) 0xc3}).isEmpty());
    assertTrue(Plain.utf8(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}).isEmpty());
  }

  @Test
  void bytes_anyCount_hasAFittingUnit() {
    assertEquals("1 byte", Plain.bytes(1));
    assertEquals("1023 bytes", Plain.bytes(1023));
    assertEquals("1.5 KiB", Plain.bytes(1536));
    assertEquals("64.0 MiB", Plain.bytes(64L << 20));
    assertEquals("2048.0 TiB", Plain.bytes(2L << 50));
  }
}
