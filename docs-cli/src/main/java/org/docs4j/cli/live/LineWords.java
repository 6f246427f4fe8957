package org.docs4j.cli.live;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.cli.node.BadInputException;

/**
 * Splits a line into words as a shell does: at white space, with single quotes, double quotes and backslashes. Pure.
 */
public final class LineWords {
  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int next;

  private LineWords(String line) {
    this.line = line;
  }

  /**
   * The words of a line; none for an empty line, or one that begins with {@code #}.
   *
   * @throws BadInputException if a quote is not closed, or the line ends with a backslash
   */
  public static List<String> split(String line) {
    return line.stripLeading().startsWith("#") ? List.of() : new LineWords(line).split();
  }

  private List<String> split() {
    while (next < line.length()) {
      char c = line.charAt(next++);
      if (Character.isWhitespace(c)) {
        finishWord();
      } else if (c == '\'') {
        inWord = true;
        takeSingleQuoted();
      } else if (c == '"') {
        inWord = true;
        takeDoubleQuoted();
      } else {
        inWord = true;
        word.append(c == '\\' ? escaped() : c);
      }
    }
    finishWord();
    return words;
  }

  private void finishWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void takeSingleQuoted() {
    int end = line.indexOf('\'', next);
    if (end < 0) {
      throw new BadInputException("a single quote is not closed");
    }
    word.append(line, next, end);
    next = end + 1;
  }

  private void takeDoubleQuoted() {
    while (next < line.length()) {
      char c = line.charAt(next++);
      if (c == '"') {
        return;
      }
      boolean escape = c == '\\' && next < line.length() && "\"\\".indexOf(line.charAt(next)) >= 0;
      word.append(escape ? escaped() : c);
    }
    throw new BadInputException("a double quote is not closed");
  }

  private char escaped() {
    if (next == line.length()) {
      throw new BadInputException("the line ends with a backslash");
    }
    return line.charAt(next++);
  }
}
