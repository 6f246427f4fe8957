package org.docs4j.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.spi.Environment;
import org.docs4j.cli.node.Surroundings;

/** A docs command that runs in this JVM as it would in a process of its own. */
public final class CliRun implements AutoCloseable {
  private static final long SECONDS = 60;

  private final Environment environment = Environment.system();
  private final LineSink out = new LineSink();
  private final LineSink err = new LineSink();
  private final PipedOutputStream typed;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private volatile Runnable signal = () -> {};

  private CliRun(InputStream in, PipedOutputStream typed, String... arguments) {
    this.typed = typed;
    Surroundings surroundings =
        new Surroundings(
            in, printer(out), printer(err), false, Map.of(), environment, task -> signal = task);
    environment.executor().io().execute(() -> run(surroundings, arguments));
  }

  private void run(Surroundings surroundings, String... arguments) {
    try {
      code.complete(new DocsCli(surroundings).run(arguments));
    } catch (RuntimeException | AssertionError e) {
      code.completeExceptionally(e);
    }
  }

  private static PrintStream printer(LineSink sink) {
    return new PrintStream(sink, true, StandardCharsets.UTF_8);
  }

  /** Starts a command that stays in the foreground. */
  public static CliRun start(String... arguments) {
    PipedOutputStream typed = new PipedOutputStream();
    try {
      return new CliRun(new PipedInputStream(typed), typed, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  public static CliRun of(String... arguments) {
    return withInput("", arguments);
  }

  /** Runs a command to its end, with something on its standard input. */
  public static CliRun withInput(String input, String... arguments) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    CliRun run = new CliRun(in, new PipedOutputStream(), arguments);
    run.code();
    return run;
  }

  /** Types a line. */
  public void type(String line) {
    try {
      typed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      typed.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends standard input. */
  public void endInput() {
    try {
      typed.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does what Ctrl-C does. */
  public void interrupt() {
    signal.run();
  }

  /** Waits for a line of standard output that contains all of the texts, after those that were waited for before. */
  public String await(String... parts) {
    return out.await(() -> code.isDone() ? "it ended with " + err.text() : "", parts);
  }

  /** Waits for the end. */
  public int code() {
    try {
      return code.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the command did not end well; it printed " + out.text() + err.text(), e);
    }
  }

  /** Whether it has ended. */
  public boolean isDone() {
    return code.isDone();
  }

  /** Everything on standard output so far. */
  public String out() {
    return out.text();
  }

  /** Everything on standard error so far. */
  public String err() {
    return err.text();
  }

  /** The lines on standard error so far. */
  public List<String> errLines() {
    return err.text().lines().toList();
  }

  /** The ticket, once it was printed as JSON. */
  public String ticket() {
    return text(await("\"event\":\"ticket\""), "ticket");
  }

  /** A text member of a line of JSON. */
  public static String text(String json, String name) {
    String start = "\"" + name + "\":\"";
    int from = json.indexOf(start) + start.length();
    return json.substring(from, json.indexOf('"', from));
  }

  @Override
  public void close() {
    signal.run();
    code();
    environment.close();
  }
}
