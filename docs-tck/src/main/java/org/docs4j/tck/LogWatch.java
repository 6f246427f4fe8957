package org.docs4j.tck;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the loggers of a name and below it log, of any level, until it is closed. Safe to use from any thread. */
public final class LogWatch implements AutoCloseable {
  private final List<String> lines = new ArrayList<>();
  private final Logger logger;
  private final Level before;
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

  /**
   * Begins to listen.
   *
   * @param name of a package, for instance
   */
  public LogWatch(String name) {
    logger = Logger.getLogger(name);
    before = logger.getLevel();
    handler.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
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
    logger.removeHandler(handler);
    logger.setLevel(before);
  }
}
