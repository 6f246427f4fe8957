package org.docs4j.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.docs4j.cli.output.Json;
import org.docs4j.cli.output.Message;
import org.docs4j.cli.output.Output;
import org.docs4j.cli.output.Plain;

/** What was done in the demonstration and how long it took; used by one thread. */
final class DemoTable {
  private static final String ROW = "%-44s %7s %11s %9s";

  private final Output output;
  private final List<String> rows = new ArrayList<>();
  private Duration all = Duration.ZERO;

  DemoTable(Output output) {
    this.output = output;
  }

  /** A step is done. */
  void add(String step, long files, long bytes, Duration took) {
    all = all.plus(took);
    rows.add(
        String.format(
            Locale.ROOT,
            ROW,
            step,
            files > 0 ? Long.toString(files) : "",
            bytes > 0 ? Plain.bytes(bytes) : "",
            seconds(took)));
    Json json =
        Json.event("demo-step").put("step", step).put("files", files).put("bytes", bytes).put("millis", took.toMillis());
    if (output.isJson()) {
      output.print(new Message(json, step));
    } else {
      output.note(step + ": " + seconds(took));
    }
  }

  /** Prints the whole table. */
  void print(long files, long bytes, String hash) {
    String line = "-".repeat(74);
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, ROW, "step", "files", "bytes", "time"));
    lines.add(line);
    lines.addAll(rows);
    lines.add(line);
    lines.add(String.format(Locale.ROOT, ROW, "in all", files, Plain.bytes(bytes), seconds(all)));
    lines.add("both folders are equal: " + hash);
    output.print(
        new Message(
            Json.event("demo-done")
                .put("files", files)
                .put("bytes", bytes)
                .put("hash", hash)
                .put("millis", all.toMillis()),
            String.join("\n", lines)));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
