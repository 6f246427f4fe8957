package org.docs4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.spi.Environment;

/** A running node, asked one thing at a time by one thread. */
final class NodeProcess implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(20);
  private static final int SHOWN = 2000;

  private final String name;
  private final Process process;
  private final Writer in;
  private final Path errors;
  // Empty at the end of the output. A node answers once for each question, so this never grows.
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private int number;

  /**
   * Starts the process; it is not asked anything yet.
   *
   * @param errors the file that takes its standard error
   */
  NodeProcess(Environment environment, NodeKind kind, Path errors) {
    this.name = kind.name();
    this.errors = errors;
    try {
      process = new ProcessBuilder(kind.command())
          .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
          .start();
    } catch (IOException e) {
      throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
    }
    in = process.outputWriter(StandardCharsets.UTF_8);
    environment.executor().io().execute(this::readAnswers);
  }

  private void readAnswers() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      // A JVM that records its flight says so on standard output.
      out.lines().filter(line -> line.startsWith("{")).forEach(line -> answers.add(Optional.of(line)));
    } catch (IOException | UncheckedIOException e) {
      // The process is gone; who waits for an answer is told so.
    } finally {
      answers.add(Optional.empty());
    }
  }

  Json ask(String command) {
    return ask(command, Map.of(), Duration.ofMinutes(1));
  }

  Json ask(String command, Map<String, ?> args) {
    return ask(command, args, Duration.ofMinutes(1));
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @throws BenchException if the node answers with a failure, ends, or does not answer in time
   */
  Json ask(String command, Map<String, ?> args, Duration timeout) {
    number++;
    try {
      in.write(new Json(Map.of("id", number, "cmd", command, "a", args)) + "\n");
      in.flush();
      Json answer = Json.NULL;
      while (answer.at("id").whole(0) != number) {
        Optional<String> line = Optional.ofNullable(answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS))
            .orElseThrow(() -> new BenchException(name + " did not answer to " + command + " within " + timeout));
        answer = Json.parse(line.orElseThrow(() -> new BenchException(name + " ended at " + command + standardError())));
      }
      if (!answer.at("err").isNull()) {
        throw new BenchException(name + " answered to " + command + ": " + answer.at("err").text());
      }
      return answer.at("r");
    } catch (IOException e) {
      throw new BenchException(name + " is gone at " + command + standardError(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while waiting for " + name, e);
    }
  }

  /** The processor time that it has used so far, in milliseconds, in steps of the system (10 on Linux); 0 where nobody tells. */
  double cpuMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  /** What it occupies now; empty where the system does not tell. */
  Optional<Memory> memory() {
    return Memory.of(process.pid());
  }

  private String standardError() {
    try {
      String text = Files.readString(errors);
      return "; its last words: " + text.substring(Math.max(0, text.length() - SHOWN)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Asks it to end in order; ends it by force when it does not. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        ask("shutdown", Map.of(), END);
      }
      in.close();
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchException(name + " answered to shutdown but does not end");
      }
    } catch (IOException e) {
      throw new BenchException("cannot end " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while ending " + name, e);
    } finally {
      process.destroyForcibly();
    }
  }
}
