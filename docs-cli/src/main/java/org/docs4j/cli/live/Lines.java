package org.docs4j.cli.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands the lines of an input to somebody, one after the other, until the input ends or the foreground work does. */
public final class Lines {
  private static final System.Logger LOG = System.getLogger(Lines.class.getName());

  private Lines() {}

  /** Reads until the end; blocks, so it runs on a thread that may. */
  public static void feed(InputStream in, EndSwitch end, Consumer<String> target) {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try {
      String line = reader.readLine();
      while (line != null && !end.isOn()) {
        target.accept(line);
        line = end.isOn() ? null : reader.readLine();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "standard input ended", e);
    }
  }
}
