package org.docs4j.transport.quic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.TransportProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuicSettingsTest {
  @Test
  void parse_nothing_noticesADeadPeerWithinFifteenSeconds() {
    QuicSettings settings = QuicSettings.parse(Map.of());
    assertTrue(settings.idle().plus(settings.keepAlive()).compareTo(Duration.ofSeconds(15)) < 0);
    assertTrue(settings.connectTimeout().compareTo(Duration.ofSeconds(30)) <= 0);
  }

  /** What strangers can make an endpoint hold is no accident: it is what the documentation says. */
  @Test
  void parse_nothing_hasTheDefaultsOfTheReadme() throws Exception {
    Pattern row = Pattern.compile("^\\| `([a-z-]+)` \\|.*\\| `?([^|`]*)`? \\|$", Pattern.MULTILINE);
    Map<String, String> readme =
        row.matcher(Files.readString(Path.of(System.getProperty("root.basedir"), "docs-transport-quic/README.md")))
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2), (a, b) -> a, TreeMap::new));
    QuicSettings settings = QuicSettings.parse(Map.of());
    Map<String, String> defaults =
        new TreeMap<>(
            Map.of(
                "idle", settings.idle().toMillis() + "ms",
                "connect-timeout", settings.connectTimeout().toSeconds() + "s",
                "max-connections", "" + settings.maxConnections(),
                "max-connections-per-peer", "" + settings.maxConnectionsPerPeer(),
                "first-stream", settings.firstStream().toSeconds() + "s",
                "max-handshakes", "" + settings.maxHandshakes(),
                "bidi-streams", "" + settings.bidiStreams(),
                "uni-streams", "" + settings.uniStreams(),
                "max-streams", "" + settings.maxStreams()));
    readme.keySet().retainAll(defaults.keySet());
    assertEquals(defaults, readme);
    assertEquals(settings.maxConnections() / 4, settings.maxConnectionsPerNetwork());
    assertEquals(16, QuicSettings.parse(Map.of("max-connections", "20")).maxConnectionsPerNetwork());
  }

  @Test
  void parse_values_areTaken() {
    QuicSettings settings =
        QuicSettings.parse(Map.of("idle", "2s", "keep-alive", "150ms", "uni-streams", "7", "io", "nio"));
    assertEquals(Duration.ofSeconds(2), settings.idle());
    assertEquals(Duration.ofMillis(150), settings.keepAlive());
    assertEquals(7, settings.uniStreams());
    assertEquals(QuicSettings.Io.NIO, settings.io());
    assertTrue(settings.disco());
    assertFalse(QuicSettings.parse(Map.of("disco", "off")).disco());
  }

  @Test
  void parse_onlyAShortIdle_keepsQuietConnectionsAlive() {
    assertEquals(Duration.ofSeconds(1), QuicSettings.parse(Map.of("idle", "3s")).keepAlive());
    assertEquals(Duration.ofSeconds(4), QuicSettings.parse(Map.of("idle", "30s")).keepAlive());
    TransportException refused =
        assertThrows(TransportException.class, () -> QuicSettings.parse(Map.of("idle", "2s", "keep-alive", "2s")));
    assertTrue(refused.getMessage().contains("keep-alive"), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "idle,11", "idle,s", "idle,31s", "idle,99ms", "idle,-1s", "idle,1m", "connect-timeout,40000ms", "keep-alive,''",
    "max-connections,0", "first-stream,31s", "max-connections-per-network,0", "max-handshakes,x", "bidi-streams,1000000", "uni-streams,-1", "io,uring", "disco,yes", "unknown,1"
  })
  void parse_whatMakesNoSense_isRefused(String name, String value) {
    TransportException refused =
        assertThrows(TransportException.class, () -> QuicSettings.parse(Map.of(name, value)));
    assertTrue(refused.getMessage().contains(name), refused::getMessage);
  }

  @Test
  void provider_isDeclaredForModulesAndForTheClassPath() throws Exception {
    QuicTransportProvider provider = new QuicTransportProvider();
    assertEquals("quic", provider.name());
    assertFalse(provider.persistent());
    Set<String> onClassPath;
    try (InputStream in =
        QuicTransportProvider.class.getResourceAsStream("/META-INF/services/" + TransportProvider.class.getName())) {
      onClassPath = new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.toSet());
    }
    ModuleDescriptor module;
    try (InputStream in = QuicTransportProvider.class.getResourceAsStream("/module-info.class")) {
      module = ModuleDescriptor.read(in);
    }
    Set<String> inModule =
        module.provides().stream().flatMap(each -> each.providers().stream()).collect(Collectors.toSet());
    assertEquals(Set.of(QuicTransportProvider.class.getName()), onClassPath);
    assertEquals(onClassPath, inModule);
  }
}
