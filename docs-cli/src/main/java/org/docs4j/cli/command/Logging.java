package org.docs4j.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** How the log of the modules appears on standard error: errors in one line each, or with {@code --debug} everything. */
final class Logging {
  // The log manager forgets loggers that nobody holds, and what was set on them.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("org.docs4j");

  private Logging() {}

  static void configure(boolean debug) {
    for (Handler old : ROOT.getHandlers()) {
      ROOT.removeHandler(old);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new Line(debug));
    ROOT.addHandler(handler);
    ROOT.setLevel(debug ? Level.INFO : Level.SEVERE);
    OURS.setLevel(debug ? Level.FINE : Level.SEVERE);
  }

  private static final class Line extends Formatter {
    private final boolean traces;

    Line(boolean traces) {
      this.traces = traces;
    }

    @Override
    public String format(LogRecord event) {
      StringBuilder line = new StringBuilder();
      if (traces) {
        line.append(event.getInstant()).append(' ').append(event.getLoggerName()).append(' ');
      }
      line.append(event.getLevel().getName()).append(": ").append(formatMessage(event));
      Throwable thrown = event.getThrown();
      if (thrown != null && traces) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        line.append(System.lineSeparator()).append(trace);
      } else if (thrown != null) {
        line.append(": ").append(thrown);
      }
      return line.append(System.lineSeparator()).toString();
    }
  }
}
