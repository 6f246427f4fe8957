package org.docs4j.cli.command;

import java.util.Locale;
import org.docs4j.api.model.Key;
import org.docs4j.api.wire.Hex;
import org.docs4j.cli.node.BadInputException;
import picocli.CommandLine.Option;

/** How a key is written on the command line. */
final class KeyForm {
  @Option(names = "--hex", description = "The key is written in hexadecimal digits.")
  private boolean hex;

  @Option(names = "--path", description = "The key is the path of a mirrored file, which a zero byte ends.")
  private boolean path;

  /**
   * Reads a key.
   *
   * @throws BadInputException if it is no key in the chosen form
   */
  Key parse(String text) {
    if (hex && path) {
      throw new BadInputException("--hex and --path exclude each other");
    }
    Key key = Key.of(path ? text + "\0" : text);
    if (hex) {
      try {
        key = Key.of(Hex.decode(text.toLowerCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new BadInputException("the key is not in hexadecimal digits: " + e.getMessage(), e);
      }
    }
    if (key.size() > Key.MAX_BYTES) {
      throw new BadInputException("a key has at most 1 MiB, this one has " + key.size() + " bytes");
    }
    return key;
  }
}
