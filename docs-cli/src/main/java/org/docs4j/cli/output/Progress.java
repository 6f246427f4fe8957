package org.docs4j.cli.output;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.jspecify.annotations.Nullable;

/**
 * How far something long has come: nothing in the first second, then a bar on a terminal and a line every few seconds
 * elsewhere. Safe to use from any thread.
 */
public final class Progress implements ProgressListener, AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final String task;
  private final Unit unit;
  private final Output output;
  private final Ticker ticker;
  private final long started;
  private @Nullable ProgressBar bar;
  private boolean lined;
  private long lastLine;
  private boolean closed;

  /** What is counted. */
  public enum Unit {
    /** Bytes of content. */
    BYTES,
    /** Whole files. */
    FILES,
    /** Entries of a document. */
    ENTRIES
  }

  /** Begins a task now. */
  public Progress(String task, Unit unit, Output output, Ticker ticker) {
    this.task = task;
    this.unit = unit;
    this.output = output;
    this.ticker = ticker;
    this.started = ticker.nanos();
  }

  @Override
  public synchronized void onProgress(long done, long total) {
    if (closed || ticker.since(started).compareTo(QUIET) < 0) {
      return;
    }
    if (output.drawsBars()) {
      draw(done, total);
    } else if (!lined || ticker.since(lastLine).compareTo(BETWEEN_LINES) >= 0) {
      lined = true;
      lastLine = ticker.nanos();
      output.note(task + ": " + amount(done) + (total >= 0 ? " of " + amount(total) : ""));
    }
  }

  private void draw(long done, long total) {
    ProgressBar shown = bar;
    if (shown == null) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200);
      if (unit == Unit.BYTES) {
        builder.setUnit(" MiB", 1 << 20);
      }
      shown = builder.build();
      bar = shown;
    }
    shown.maxHint(total);
    shown.stepTo(done);
  }

  private String amount(long number) {
    return switch (unit) {
      case BYTES -> Plain.bytes(number);
      case FILES -> Plain.count(number, "file", "files");
      case ENTRIES -> Plain.count(number, "entry", "entries");
    };
  }

  /** Ends the task and leaves the terminal on a new line. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
