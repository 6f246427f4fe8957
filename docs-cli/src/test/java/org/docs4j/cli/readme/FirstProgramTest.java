package org.docs4j.cli.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program of the README compiles as it is written, and runs on the class path and on the module path. */
class FirstProgramTest {
  private static final int MOST_LINES = 30;

  /** Parts of the names of what only tests and the command line need. */
  private static final List<String> OF_TESTS =
      List.of("surefire", "junit", "docs-tck", "picocli", "progressbar", "jline", "opentest4j", "apiguardian");

  @TempDir Path temporary;
  private String program = "";
  private String name = "";

  @BeforeEach
  void readProgram() throws IOException {
    String readme = Files.readString(Path.of(System.getProperty("root.basedir"), "README.md"));
    String section = readme.substring(readme.indexOf("\n## First program"));
    int start = section.indexOf("```java\n") + "```java\n".length();
    program = section.substring(start, section.indexOf("```", start));
    name = program.replaceFirst("(?s).*?public class (\\w+).*", "$1");
  }

  /** Everything that this test runs with, but the command line and the tests themselves. */
  private static List<String> libraries() {
    return Stream.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
        .filter(path -> !path.isEmpty() && !path.replace('\\', '/').contains("/docs-cli/target/"))
        .filter(path -> OF_TESTS.stream().noneMatch(path::contains))
        .distinct()
        .toList();
  }

  private static void compile(List<String> options, Path... sources) {
    List<String> arguments = new ArrayList<>(options);
    Stream.of(sources).forEach(source -> arguments.add(source.toString()));
    StringWriter messages = new StringWriter();
    PrintWriter printer = new PrintWriter(messages, true);
    ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();

    assertEquals(0, compiler.run(printer, printer, arguments.toArray(String[]::new)), messages::toString);
  }

  private String run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options);
    File errors = temporary.resolve("errors").toFile();
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
      assertEquals(0, process.exitValue(), () -> printed + read(errors));
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void program_inTheReadme_isShort() {
    assertTrue(program.lines().count() < MOST_LINES, () -> program.lines().count() + " lines");
  }

  @Test
  void program_onTheClassPath_compilesAndRuns() throws IOException, InterruptedException {
    Path source = Files.writeString(temporary.resolve(name + ".java"), program);
    Path classes = Files.createDirectory(temporary.resolve("classes"));
    String path = String.join(File.pathSeparator, libraries());

    compile(List.of("-proc:none", "-d", classes.toString(), "-cp", path), source);
    String printed = run(List.of("-cp", classes + File.pathSeparator + path, name));

    assertEquals("hello", printed.strip());
  }

  @Test
  void program_onTheModulePath_compilesAndRuns() throws IOException, InterruptedException {
    // A named module has no unnamed package: the program gets one, and is otherwise as it stands in the README.
    Path folder = Files.createDirectories(temporary.resolve("source/first"));
    Path source = Files.writeString(folder.resolve(name + ".java"), "package first;\n" + program);
    Path descriptor =
        Files.writeString(temporary.resolve("source/module-info.java"), "module first { requires org.docs4j.api; }");
    Path classes = Files.createDirectory(temporary.resolve("module"));
    // The one jar without a legal module name; this program needs no store but memory.
    List<String> modules = libraries().stream().filter(path -> !path.contains("lmdbjava" + File.separator + "native")).toList();
    String path = String.join(File.pathSeparator, modules);

    compile(List.of("-proc:none", "-d", classes.toString(), "-p", path), source, descriptor);
    String printed =
        run(
            List.of(
                "-p", classes + File.pathSeparator + path, "--add-modules", "ALL-MODULE-PATH", "-m", "first/first." + name));

    assertEquals("hello", printed.strip());
  }
}
