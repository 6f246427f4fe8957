package org.docs4j.transport.quic.rawkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transport on the module path of a JVM of its own, under a program that is no part of it. */
class ModulePathTest {
  private static final Pattern OPTION = Pattern.compile("--add-opens=\\S+");

  /** Parts of the names of what an application has; everything else here is for tests. */
  private static final List<String> LIBRARIES =
      List.of("docs-api", "docs-transport-quic/target/classes", "netty", "jna", "jspecify", "bcprov");

  private static final String PROGRAM =
      """
      import java.net.*;
      import java.util.*;
      import org.docs4j.api.*;
      import org.docs4j.api.model.*;
      import org.docs4j.api.spi.*;
      import org.docs4j.api.spi.transport.*;
      import org.docs4j.transport.quic.QuicTransportProvider;

      public class Program {
        static Endpoint bind(Environment environment, String identity) {
          EndpointSecret secret = EndpointSecret.random(environment.random());
          InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
          return new QuicTransportProvider()
              .bind(new EndpointConfig(secret, any, Map.of("identity", identity), environment));
        }

        public static void main(String[] kinds) throws Exception {
          Environment environment = Environment.system();
          for (String kind : kinds) {
            try {
              Alpn alpn = new Alpn("test");
              Endpoint server = bind(environment, kind);
              server.accept(alpn, connection -> {});
              bind(environment, kind).connect(server.addr(), alpn).toCompletableFuture().join();
              System.out.println(kind + " connected in " + QuicTransportProvider.class.getModule());
            } catch (TransportException e) {
              System.out.println(kind + " failed: " + e.getMessage());
            }
          }
          System.exit(0);
        }
      }
      """;

  @TempDir Path temporary;
  private Path program = Path.of("");

  @BeforeEach
  void write() throws Exception {
    program = Files.writeString(temporary.resolve("Program.java"), PROGRAM);
  }

  private List<String> run(List<String> options) throws Exception {
    List<String> modules =
        Stream.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
            .filter(path -> LIBRARIES.stream().anyMatch(path.replace('\\', '/')::contains))
            .distinct()
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-p", String.join(File.pathSeparator, modules), "--add-modules", "ALL-MODULE-PATH"));
    command.addAll(options);
    command.addAll(List.of(program.toString(), "raw-key", "x509"));
    Path output = temporary.resolve("output");
    Path errors = temporary.resolve("errors");
    Process process =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      List<String> said = Files.readAllLines(output);
      assertTrue(ended, () -> "hangs after " + said);
      assertEquals(0, process.exitValue(), () -> said.toString());
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void when_theOptionIsMissing_then_itIsNamedAndWithItThereAreRawKeys() throws Exception {
    List<String> without = run(List.of());
    assertTrue(without.get(0).startsWith("raw-key failed: there are no raw public keys"), without::toString);
    assertEquals("x509 connected in module org.docs4j.transport.quic", without.get(1));
    Matcher named = OPTION.matcher(without.get(0));
    assertTrue(named.find(), without::toString);

    assertEquals(
        List.of(
            "raw-key connected in module org.docs4j.transport.quic",
            "x509 connected in module org.docs4j.transport.quic"),
        run(List.of(named.group())));
  }
}
