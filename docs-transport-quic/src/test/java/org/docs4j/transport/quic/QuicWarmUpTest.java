package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer may give a first handshake a second: a fresh process has to have loaded the code for it before. */
class QuicWarmUpTest {
  /** With JDK 17 there are about 100, and more than 400 without warming up. */
  private static final int MOST_LATE = 200;

  /** What checks who a peer is, by each of the kinds; and what seals the Ping ahead of the dial. */
  private static final Pattern PROOF = Pattern.compile("\\.quic\\.(X509|RawKey|rawkey|disco)[^$]*$|\\.(X25519|Poly1305)$");

  @TempDir Path temporary;
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  /** The peer is in this process, so that it lends the dialler nothing. */
  @ParameterizedTest
  @CsvSource({"auto,raw-key", "auto,x509", "raw-key,auto", "x509,auto"})
  void when_aFreshProcessHasBound_then_itsFirstHandshakeLoadsLittle(String dialling, String accepting)
      throws Exception {
    Endpoint server = nodes.bind("identity=" + accepting);
    server.accept(ECHO, connection -> {});
    List<String> loaded = loaded(dialling, server);
    int bound = index(loaded, FirstDial.Bound.class);
    int reached = index(loaded, FirstDial.Reached.class);
    List<String> late = loaded.subList(bound + 1, reached);
    assertTrue(bound > 1000 && late.size() <= MOST_LATE, () -> late.size() + " classes: " + late);
    assertTrue(late.stream().noneMatch(name -> PROOF.matcher(name).find()), () -> "classes of a proof or a Ping: " + late);
  }

  private static int index(List<String> loaded, Class<?> marker) {
    int index = loaded.indexOf(marker.getName());
    assertTrue(index >= 0, marker::getName);
    return index;
  }

  /** The classes that the program loads, in their order. */
  private List<String> loaded(String identity, Endpoint server) throws Exception {
    URI own = Objects.requireNonNull(FirstDial.class.getResource("FirstDial.class")).toURI();
    String classPath =
        String.join(
            File.pathSeparator, Path.of(own).resolve("../../../../../..").normalize().toString(),
            System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""));
    Path log = temporary.resolve("loaded");
    Path output = temporary.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary, "-Xlog:class+load=info:file=" + log + ":none", "-cp", classPath,
                FirstDial.class.getName(), identity, server.id().toString(),
                Integer.toString(server.addr().ipAddresses().get(0).getPort()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
      assertEquals(0, process.exitValue(), Files.readString(output));
      return Files.readAllLines(log).stream().map(line -> line.split(" ", 2)[0]).toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
