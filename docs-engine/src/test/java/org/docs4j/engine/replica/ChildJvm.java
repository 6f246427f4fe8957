package org.docs4j.engine.replica;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a class of these tests, on the class path, and speaks in lines. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final Path errors;

  private ChildJvm(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param wrapper the command that is to run the JVM, such as a tracer; none to run it directly
   * @param temporary an existing folder for what the JVM leaves behind
   */
  static ChildJvm start(List<String> wrapper, Path temporary, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(temporary, "errors", ".txt");
    return new ChildJvm(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** All that this JVM has on its module path and its class path, and the folder of the tests. */
  private static String classPath(Class<?> main) {
    Path file = Path.of(URI.create(main.getResource(main.getSimpleName() + ".class").toString()));
    int depth = main.getName().split("\\.").length;
    Path tests = file;
    for (int i = 0; i < depth; i++) {
      tests = tests.getParent();
    }
    List<String> all = new ArrayList<>(List.of(tests.toString()));
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      Optional.ofNullable(System.getProperty(property)).filter(path -> !path.isEmpty()).ifPresent(all::add);
    }
    return String.join(File.pathSeparator, all);
  }

  /** Lets it begin: it waits for a line. */
  void go() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
  }

  /** The next line that it says; empty when it has ended. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /** Waits so long, or until it ends by itself; returns whether it ended. */
  boolean endsWithin(long time, TimeUnit unit) throws InterruptedException {
    return process.waitFor(time, unit);
  }

  /** Ends it at once, wherever it is (SIGKILL); what it said before can still be read. */
  void kill() throws InterruptedException {
    // Process.destroyForcibly would close the streams.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end; returns its exit code. */
  int end() throws InterruptedException {
    return process.waitFor();
  }

  /** What it complained about. */
  String complaints() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
