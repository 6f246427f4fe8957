package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another process, with a {@link StoreGuest} that knows the same provider.
 *
 * <p>It runs from the class path, on which everything is that is on the class path or the module path here: there it
 * works without this process's options about modules, which it cannot know.
 */
final class StoreProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int KEPT_LINES = 30;

  private final Process process;
  private final Writer requests;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private final Deque<String> output = new ArrayDeque<>();

  /** Starts it: with a command before that of the JVM, options, and a folder for temporary files. */
  StoreProcess(Class<?> kit, List<String> before, List<String> options, Path temporary) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-UsePerfData");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + temporary.resolve("crash.log"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options);
    command.add(StoreGuest.class.getName());
    command.add(kit.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", classPath(kit));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the kit cannot start another process", e);
    }
    requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(this::readAll, "store-kit-output");
    reader.setDaemon(true);
    reader.start();
    answer();
  }

  private static String classPath(Class<?> kit) {
    return String.join(
        File.pathSeparator, root(kit), root(StoreGuest.class), System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path", ""));
  }

  /** The folder or jar that a class came from, though its module may have been patched. */
  private static String root(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource(file), file);
    try {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return Path.of(jar.getJarFileURL().toURI()).toString();
      }
      String whole = url.toString();
      return Path.of(URI.create(whole.substring(0, whole.length() - file.length() + 1))).toString();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the kit cannot tell where " + type + " is from", e);
    }
  }

  private void readAll() {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line);
      }
    } catch (IOException e) {
      read("its output cannot be read: " + e.getMessage());
    } finally {
      answers.add(Optional.empty());
    }
  }

  private void read(String line) {
    if (line.startsWith(StoreGuest.ANSWER)) {
      answers.add(Optional.of(line.substring(StoreGuest.ANSWER.length())));
      return;
    }
    synchronized (output) {
      output.add(line);
      if (output.size() > KEPT_LINES) {
        output.remove();
      }
    }
  }

  /** Makes a request and waits for the first answer to it. */
  String ask(String request, Path... paths) {
    send(request, paths);
    return answer();
  }

  void send(String request, Path... paths) {
    StringBuilder line = new StringBuilder(request);
    for (Path path : paths) {
      line.append('\t').append(path);
    }
    try {
      requests.append(line).append('\n').flush();
    } catch (IOException e) {
      fail("another process does not take the request " + request + ": " + said(), e);
    }
  }

  /** The next answer. */
  String answer() {
    return await().orElseGet(() -> fail("another process has ended: " + said()));
  }

  private Optional<String> await() {
    try {
      Optional<String> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return answer == null ? fail("no answer of another process in " + PATIENCE_SECONDS + " s: " + said()) : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted", e);
    }
  }

  private String said() {
    synchronized (output) {
      String end = process.isAlive() ? "it runs" : "exit code " + process.exitValue();
      return end + ", and it said " + output;
    }
  }

  /** Ends it at once, as a power failure would, and returns the answers that nobody had asked for. */
  List<String> kill() {
    // Process.destroyForcibly would close the streams, and with them lose answers that were given.
    process.toHandle().destroyForcibly();
    List<String> rest = new ArrayList<>();
    for (Optional<String> answer = await(); answer.isPresent(); answer = await()) {
      rest.add(answer.get());
    }
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
