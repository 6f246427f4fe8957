package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.FileSystems;
import java.util.List;
import org.docs4j.api.model.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorKeysTest {
  private static KeyMeaning meaning(Key key) {
    return MirrorKeys.meaning(key, FileSystems.getDefault());
  }

  @Test
  void key_path_isItsTextAndAZeroByte() {
    assertArrayEquals(new byte[] {'a', '/', (byte) 0xc3, (byte) 0xbc, 0}, MirrorKeys.key("a/ü").toByteArray());
  }

  @Test
  void key_pathThatBeginsAnother_isNoPrefixOfItsKey() {
    assertFalse(MirrorKeys.key("README.md").startsWith(MirrorKeys.key("README")));
  }

  @Test
  void meaning_keyOfAPath_isThatPath() {
    for (String path : List.of("a", "a/b/c.txt", ".git/config", "..a/...", "a b", Tree.foreignName(), "x".repeat(255))) {
      assertEquals(new KeyMeaning.File(path), meaning(MirrorKeys.key(path)));
    }
  }

  @Test
  void meaning_keyWithoutZeroByteAtTheEnd_isNotOfAMirror() {
    for (String text : List.of("", "a", "a/b", "\0a")) {
      assertEquals(new KeyMeaning.Other(), meaning(Key.of(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/etc/passwd", "..", "../a", "a/..", "a/../b", "a/../../b", ".", "./a", "a/.", "a//b", "a/", "//a",
        "a\0b", "\0", ".docs4j-1.tmp", "a/.docs4j-1.tmp"
      })
  void meaning_pathThatMustNotBeWritten_isRefused(String path) {
    assertInstanceOf(KeyMeaning.Refused.class, meaning(MirrorKeys.key(path)));
  }

  @Test
  void meaning_tooLongNameOrPath_isRefused() {
    assertInstanceOf(KeyMeaning.Refused.class, meaning(MirrorKeys.key("x".repeat(256))));
    assertInstanceOf(KeyMeaning.Refused.class, meaning(MirrorKeys.key("ü".repeat(128))));
    assertInstanceOf(KeyMeaning.Refused.class, meaning(MirrorKeys.key("abc/".repeat(1025) + "d")));
  }

  @Test
  void meaning_bytesThatAreNoText_areRefused() {
    assertInstanceOf(KeyMeaning.Refused.class, meaning(Key.of(new byte[] {'a', -1, 0})));
    assertInstanceOf(KeyMeaning.Refused.class, meaning(Key.of(new byte[] {(byte) 0xc0, (byte) 0xae, '/', 0})));
  }
}
