package org.docs4j.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.docs4j.cli.node.BadInputException;
import org.junit.jupiter.api.Test;

class LineWordsTest {
  @Test
  void split_plainWords_atAnyWhiteSpace() {
    assertEquals(List.of("set", "a", "b"), LineWords.split("  set\ta   b "));
  }

  @Test
  void split_quotes_keepSpacesAndMayBeEmpty() {
    assertEquals(List.of("set", "a b", "c\"d", ""), LineWords.split("set 'a b' \"c\\\"d\" ''"));
    assertEquals(List.of("abc"), LineWords.split("a'b'\"c\""));
  }

  @Test
  void split_backslash_takesTheNextCharacterAsItIs() {
    assertEquals(List.of("a b", "\\", "#"), LineWords.split("a\\ b \\\\ \\#"));
    assertEquals(List.of("C:\\x"), LineWords.split("'C:\\x'"));
    assertEquals(List.of("\\n"), LineWords.split("\"\\n\""));
  }

  @Test
  void split_emptyLineOrComment_hasNoWords() {
    assertEquals(List.of(), LineWords.split("   "));
    assertEquals(List.of(), LineWords.split(" # quit"));
  }

  @Test
  void split_openQuoteOrBackslashAtTheEnd_isRefused() {
    for (String line : List.of("a 'b", "a \"b", "a\\", "\"a\\\"")) {
      assertThrows(BadInputException.class, () -> LineWords.split(line), line);
    }
  }
}
