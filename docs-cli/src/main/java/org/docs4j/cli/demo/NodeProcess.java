package org.docs4j.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.docs4j.cli.node.CommandFailedException;

/** A node in a process of its own, whose JSON lines are heard by whoever waits. */
final class NodeProcess {
  private static final Pattern MEMBER = Pattern.compile("\"(event|ticket|message)\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int ERROR_LINES = 5;

  private final String name;
  private final Process process;
  private final Path errors;
  private final Path printed;
  private final AtomicInteger wrote = new AtomicInteger();
  private volatile String ticket = "";

  private NodeProcess(String name, Process process, Path errors, Path printed) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.printed = printed;
  }

  /**
   * Starts a node.
   *
   * @param heard gets the name of the node for each line that it prints, and when it ends
   */
  static NodeProcess start(
      String name, List<String> command, Path temporary, BlockingQueue<String> heard, Executor executor)
      throws IOException {
    Path errors = temporary.resolve(name + ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    NodeCommand.useTemporary(builder, temporary);
    NodeProcess node = new NodeProcess(name, builder.start(), errors, temporary.resolve(name + ".json"));
    executor.execute(() -> node.read(heard));
    return node;
  }

  private void read(BlockingQueue<String> heard) {
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer copy =
            Files.newBufferedWriter(
                printed, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        take(line);
        heard.add(name);
      }
    } catch (IOException e) {
      // The process was killed; its end is heard below.
      ticket = ticket.strip();
    }
    heard.add(name);
  }

  private void take(String line) {
    Matcher member = MEMBER.matcher(line);
    while (member.find()) {
      if (member.group(1).equals("ticket")) {
        ticket = member.group(2);
      } else if (member.group(2).equals("mirror-wrote")) {
        wrote.incrementAndGet();
      }
    }
  }

  /** The ticket that it printed; empty before. */
  String ticket() {
    return ticket;
  }

  /** How many files it has written into its folder. */
  int wrote() {
    return wrote.get();
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a loss of power would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
  }

  /** Ends it by a line of text. */
  int quit(Duration patience) throws IOException {
    try (Writer lines = process.outputWriter(StandardCharsets.UTF_8)) {
      lines.write("quit\n");
    }
    return awaitEnd(patience);
  }

  /** Ends it by the signal that asks programs to end, where there is one, and else by a line of text. */
  int terminate(Duration patience) throws IOException {
    if (!process.supportsNormalTermination()) {
      return quit(patience);
    }
    process.destroy();
    return awaitEnd(patience);
  }

  private int awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandFailedException(name + " did not end within " + patience.toSeconds() + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted", e);
    }
    return process.exitValue();
  }

  /** The last things that it said on standard error, for a person. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
      return String.join(" / ", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()));
    } catch (IOException e) {
      return "(nothing)";
    }
  }
}
