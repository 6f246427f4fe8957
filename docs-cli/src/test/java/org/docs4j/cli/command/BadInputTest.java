package org.docs4j.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.docs4j.api.DocTicket;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.DocsEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One clear sentence for each, exit code 2, nothing written, no stack trace. */
class BadInputTest {
  private static final NamespaceId DOC = NamespaceId.parse("0123456789abcdef".repeat(4));
  private static final EndpointId PEER = EndpointId.parse("0123456789abcdef".repeat(4));

  @TempDir Path temporary;

  private static String goodTicket() {
    return ticket(new TransportAddr.Ip(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
  }

  private static String ticket(TransportAddr address) {
    EndpointAddr peer = new EndpointAddr(PEER, new TreeSet<>(List.of(address)));
    return new DocTicket(new Capability.Read(DOC), List.of(peer)).encode();
  }

  static Stream<String> badTickets() {
    String good = goodTicket();
    return Stream.of(
        "",
        "doc",
        "hello",
        good.substring(0, good.length() - 7),
        good.substring(0, 20),
        good.toUpperCase(Locale.ROOT),
        good.replace("doc", "blob"),
        good.replace("doc", "endpoint"),
        good.substring(0, good.length() - 1) + "!",
        good + "aaaa",
        ticket(new TransportAddr.Relay("https://relay.example/")),
        new DocTicket(new Capability.Read(DOC), List.of(EndpointAddr.of(PEER))).encode());
  }

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  private CliRun create(String data, String... more) {
    CliRun run = CliRun.of(Stream.concat(Stream.of("create", "--data", path(data)), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static void assertRefused(CliRun run, String... words) {
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.errLines().size(), run.err());
    for (String word : words) {
      assertTrue(run.err().contains(word), run.err());
    }
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @MethodSource("badTickets")
  void join_badTicket_isRefusedAndNothingIsMade(String ticket) {
    assertRefused(CliRun.of("join", ticket, "--data", path("data")), "ticket");
    assertRefused(CliRun.of("mirror", path("dir"), "--join", ticket, "--data", path("data")), "ticket");

    assertFalse(Files.exists(temporary.resolve("data")));
    assertFalse(Files.exists(temporary.resolve("dir")));
  }

  @Test
  void join_relayOnlyTicket_saysSo() {
    String ticket = ticket(new TransportAddr.Relay("https://relay.example/"));

    assertRefused(CliRun.of("join", ticket, "--data", path("data")), "relay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "ls .", "set . a b", "get . a", "rm . a", "share", "watch"})
  void command_noDataFolder_isRefusedAndNothingIsMade(String command) {
    String[] words = (command + " --data " + path("none")).split(" ");

    assertRefused(CliRun.of(words), "there is no data folder", path("none"));
    assertFalse(Files.exists(temporary.resolve("none")));
  }

  @Test
  void create_noParentFolder_isRefused() {
    assertRefused(CliRun.of("create", "--data", path("none/data")), "there is no folder", path("none"));
    assertFalse(Files.exists(temporary.resolve("none")));
  }

  @Test
  void mirror_noFolder_isRefusedAndNothingIsMade() {
    assertRefused(CliRun.of("mirror", path("none"), "--share", "--data", path("data")), "there is no folder");
    assertRefused(CliRun.of("mirror", path("no/ne"), "--join", goodTicket(), "--data", path("data")), "there is no folder");
    assertFalse(Files.exists(temporary.resolve("data")));
  }

  @Test
  void mirror_folderAndDataInEachOther_isRefused() throws IOException {
    Files.createDirectory(temporary.resolve("dir"));

    assertRefused(CliRun.of("mirror", path("dir"), "--share", "--data", path("dir/data")), "must not contain each other");
    assertRefused(CliRun.of("mirror", path("dir"), "--share", "--data", path("")), "must not contain each other");
  }

  @Test
  void mirror_unknownFolderAndNoSource_isRefused() throws IOException {
    Files.createDirectory(temporary.resolve("dir"));

    assertRefused(CliRun.of("mirror", path("dir"), "--data", path("data")), "--share or --join");
  }

  @Test
  void share_portInUse_isRefusedWhenItWasAskedFor() throws SocketException {
    create("data");
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      String bind = "127.0.0.1:" + taken.getLocalPort();

      assertRefused(CliRun.of("share", "--data", path("data"), "--bind", bind), Integer.toString(taken.getLocalPort()));
      assertRefused(CliRun.of("join", goodTicket(), "--data", path("new"), "--bind", bind), Integer.toString(taken.getLocalPort()));
    }
    assertFalse(Files.exists(temporary.resolve("new")));
    assertEquals(0, CliRun.of("set", ".", "a", "b", "--data", path("data")).code());
  }

  @Test
  void share_rememberedPortInUse_takesAnotherWithAWarning() throws IOException {
    create("data");
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Files.createDirectories(temporary.resolve("data/cli"));
      Files.writeString(temporary.resolve("data/cli/settings.properties"), "port=" + taken.getLocalPort() + "\n");

      try (CliRun run = CliRun.start("share", "--data", path("data"), "--bind", "127.0.0.1", "--json")) {
        run.ticket();
        assertTrue(run.err().contains("warning: port " + taken.getLocalPort() + " is taken"), run.err());
        run.type("quit");
        assertEquals(0, run.code());
      }
      String settings = Files.readString(temporary.resolve("data/cli/settings.properties"));
      assertEquals("port=" + taken.getLocalPort() + "\n", settings);
    }
  }

  @Test
  void set_storeIsOpenElsewhere_isRefusedWithAHint() {
    create("data");
    try (CliRun live = CliRun.start("share", "--data", path("data"), "--bind", "127.0.0.1:0", "--json")) {
      live.ticket();

      assertRefused(CliRun.of("set", ".", "a", "b", "--data", path("data")), "another process", "type the command into it");
      assertRefused(CliRun.of("share", "--data", path("data"), "--bind", "127.0.0.1:0"), "another process");
      live.type("quit");
      assertEquals(0, live.code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lmdb", "rocksdb"})
  void ls_storeOfANewerFormat_isRefusedAndLeftAsItIs(String name) {
    create("data", "--store", name);
    StoreConfig config =
        new StoreConfig(Optional.of(temporary.resolve("data/store")), DocsEngine.tables(), Map.of());
    Table meta = DocsEngine.tables().stream().filter(table -> table.name().equals("meta")).findFirst().orElseThrow();
    byte[] key = "format".getBytes(StandardCharsets.US_ASCII);
    byte[] newer = {};
    try (KeyValueStore store = Providers.store(Optional.of(name), true).open(config);
        WriteTxn write = store.write()) {
      newer = write.get(meta, key).orElseThrow();
      newer[3]++;
      write.put(meta, key, newer);
      write.commit(Durability.SYNC);
    }

    assertRefused(CliRun.of("ls", "--data", path("data")), "format");
    try (KeyValueStore store = Providers.store(Optional.of(name), true).open(config);
        var read = store.read()) {
      assertArrayEquals(newer, read.get(meta, key).orElseThrow());
    }
  }

  @Test
  void ls_otherStoreThanRemembered_isRefused() {
    create("data", "--store", "rocksdb");

    assertRefused(CliRun.of("ls", "--data", path("data"), "--store", "lmdb"), "rocksdb");
    assertEquals(0, CliRun.of("ls", "--data", path("data")).code());
    assertRefused(CliRun.of("create", "--data", path("new"), "--store", "nosuch"), "nosuch", "lmdb");
    assertFalse(Files.exists(temporary.resolve("new")));
  }

  @Test
  void set_emptyValue_isRefusedWithAHint() throws IOException {
    create("data");
    Path empty = Files.createFile(temporary.resolve("empty"));

    assertRefused(CliRun.of("set", ".", "a", "", "--data", path("data")), "cannot be empty", "rm");
    assertRefused(CliRun.of("set", ".", "a", "--file", empty.toString(), "--data", path("data")), "cannot be empty", "rm");
    assertRefused(CliRun.of("set", ".", "a", "-", "--data", path("data")), "cannot be empty", "rm");
    assertRefused(CliRun.of("set", ".", "a", "--data", path("data")), "VALUE or --file");
    assertRefused(CliRun.of("set", ".", "a", "--file", path("none"), "--data", path("data")), "there is no file");
    assertEquals("", CliRun.of("ls", ".", "--data", path("data")).out());
  }

  @Test
  void command_unknownDocumentOrKey_isRefused() {
    create("data");

    assertRefused(CliRun.of("ls", "ffffffff", "--data", path("data")), "there is no document");
    assertRefused(CliRun.of("get", ".", "zz", "--hex", "--data", path("data")), "hexadecimal");
    CliRun missing = CliRun.of("get", ".", "none", "--data", path("data"));
    assertEquals(1, missing.code());
    assertEquals("docs: there is nothing at none\n", missing.err());
  }

  @Test
  void command_unknownWord_isRefusedWithASuggestion() {
    CliRun command = CliRun.of("shaer");
    assertEquals(2, command.code());
    assertTrue(command.err().contains("docs share"), command.err());

    CliRun option = CliRun.of("ls", "--jsn");
    assertEquals(2, option.code());
    assertTrue(option.err().contains("--json"), option.err());

    assertEquals(2, CliRun.of().code());
    assertEquals(2, CliRun.of("ls", "--bind", "nonsense:x", "--data", path("none")).code());
    assertEquals(2, CliRun.of("join", goodTicket(), "--timeout", "5", "--data", path("new")).code());
    assertFalse(Files.exists(temporary.resolve("new")));
  }

  @Test
  void command_withDebug_showsAStackTrace() {
    CliRun run = CliRun.of("ls", "--data", path("none"), "--debug");

    assertEquals(2, run.code());
    assertTrue(run.err().contains("\tat org.docs4j.cli"), run.err());
  }

  @Test
  void command_withJson_saysItOnStandardOutputToo() {
    CliRun run = CliRun.of("ls", "--data", path("none"), "--json");

    assertEquals(2, run.code());
    assertTrue(run.out().startsWith("{\"event\":\"error\",\"message\":\"there is no data folder"), run.out());
    assertTrue(run.out().endsWith("\"exitCode\":2}\n"), run.out());
    assertEquals(1, run.errLines().size());
  }

  @Test
  void join_nobodyAnswers_runsOutOfTime() {
    CliRun run =
        CliRun.of("join", goodTicket(), "--until-synced", "--timeout", "0.5", "--data", path("data"), "--bind", "127.0.0.1:0");

    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("time ran out"), run.err());
  }
}
