package org.docs4j.engine;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine logs, of any level, until it is closed. */
public final class LogWatch implements AutoCloseable {
  private static final Logger ENGINE = Logger.getLogger("org.docs4j.engine");

  private final List<String> lines = new ArrayList<>();
  private final Level before = ENGINE.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          synchronized (lines) {
            lines.add(
                record.getParameters() == null
                    ? record.getMessage()
                    : MessageFormat.format(record.getMessage(), record.getParameters()));
          }
        }

        @Override
        public void flush() {
          // Nothing is kept back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  /** Begins to listen. */
  public LogWatch() {
    handler.setLevel(Level.ALL);
    ENGINE.setLevel(Level.ALL);
    ENGINE.addHandler(handler);
  }

  /** Whether a line has all of the given words in it. */
  public boolean said(String... words) {
    synchronized (lines) {
      return lines.stream().anyMatch(line -> List.of(words).stream().allMatch(line::contains));
    }
  }

  /** All lines. */
  @Override
  public String toString() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    ENGINE.removeHandler(handler);
    ENGINE.setLevel(before);
  }
}
