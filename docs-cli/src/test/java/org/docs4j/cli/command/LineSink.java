package org.docs4j.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps what a command prints, and lets others wait for a line of it. */
final class LineSink extends OutputStream {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int consumed;

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
    notifyAll();
  }

  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * Waits for a whole line that contains all of the texts and has not been waited for yet.
   *
   * @param ended says, when not empty, why no more lines will come
   */
  synchronized String await(Supplier<String> ended, String... parts) {
    long deadline = System.nanoTime() + NANOS;
    while (true) {
      String end = ended.get();
      List<String> lines = Stream.of(text().split("\n", -1)).toList();
      for (int i = consumed; i < lines.size() - 1; i++) {
        String line = lines.get(i);
        if (Stream.of(parts).allMatch(line::contains)) {
          consumed = i + 1;
          return line;
        }
      }
      if (!end.isEmpty() || System.nanoTime() > deadline) {
        throw new AssertionError("no line with " + List.of(parts) + " in:\n" + text() + "\n" + end);
      }
      try {
        TimeUnit.MILLISECONDS.timedWait(this, 50);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
