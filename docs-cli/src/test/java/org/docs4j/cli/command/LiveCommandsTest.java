package org.docs4j.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in one JVM, one on each store, driven as a person would. */
class LiveCommandsTest {
  @TempDir Path temporary;

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  private void create(String data, String store) {
    CliRun run = CliRun.of("create", "--data", path(data), "--store", store);
    assertEquals(0, run.code(), run.err());
  }

  private CliRun share(String... more) {
    return CliRun.start(with(more, "share", "--data", path("left"), "--bind", "127.0.0.1:0", "--json"));
  }

  private CliRun join(String ticket, String... more) {
    return CliRun.start(
        with(more, "join", ticket, "--data", path("right"), "--store", "rocksdb", "--bind", "127.0.0.1:0", "--json"));
  }

  private static String[] with(String[] more, String... words) {
    return Stream.concat(Stream.of(words), Stream.of(more))
        .toArray(String[]::new);
  }

  private static void quit(CliRun run) {
    run.type("quit");
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void when_bothSidesWrite_then_bothReadAndDeleteWhatIsThere() {
    create("left", "lmdb");
    assertEquals(0, CliRun.of("set", ".", "old", "before", "--data", path("left")).code());
    try (CliRun left = share("--write");
        CliRun right = join(left.ticket())) {
      right.await("insert-remote", "\"key\":\"old\"");
      right.await("content-ready");
      right.type("get old");
      right.await("\"event\":\"content\"", "\"text\":\"before\"");

      left.type("set 'a key' \"a value\"");
      left.await("\"event\":\"set\"", "\"key\":\"a key\"", "\"length\":7", "\"removed\":0");
      right.await("insert-remote", "\"key\":\"a key\"");
      right.await("content-ready");
      right.type("get 'a key'");
      right.await("\"text\":\"a value\"");

      right.type("set a other");
      right.await("\"event\":\"set\"", "\"key\":\"a\"", "\"removed\":0");
      left.await("insert-remote", "\"key\":\"a\"");
      left.type("set old after");
      left.type("set o short");
      left.await("\"event\":\"set\"", "\"key\":\"o\"", "\"removed\":1,\"removedKeys\":[\"old\"]");
      right.await("insert-remote", "\"key\":\"o\"");
      left.type("rm 'a key'");
      left.await("\"event\":\"removed\"", "\"key\":\"a key\"");
      right.await("insert-remote", "\"key\":\"a key\"", "\"length\":0");

      right.type("ls");
      right.await("\"event\":\"entry\"", "\"key\":\"a\"");
      right.await("\"event\":\"entry\"", "\"key\":\"o\"");
      right.type("ls . --all");
      right.await("\"event\":\"entry\"", "\"key\":\"a key\"", "\"length\":0");
      quit(right);
      quit(left);
    }
    CliRun listed = CliRun.of("ls", ".", "--data", path("right"));
    assertEquals(2, listed.out().lines().count(), listed.out());
  }

  @Test
  void when_untilSynced_then_itEndsWithEverythingThere() throws IOException {
    create("left", "lmdb");
    Path large = Files.write(temporary.resolve("large"), new byte[3_000_000]);
    assertEquals(0, CliRun.of("set", ".", "large", "--file", large.toString(), "--data", path("left")).code());
    assertEquals(0, CliRun.withInput("from a pipe", "set", ".", "pipe", "-", "--data", path("left")).code());
    String ticket;
    try (CliRun left = share("--legacy")) {
      ticket = left.ticket();
      CliRun synced =
          CliRun.of(
              "join", ticket, "--until-synced", "--timeout", "60", "--data", path("right"), "--bind", "127.0.0.1:0", "--json");

      assertEquals(0, synced.code(), synced.err());
      assertTrue(synced.out().contains("\"event\":\"synced\""), synced.out());
      assertTrue(synced.out().contains("\"entries\":2,\"bytes\":3000011"), synced.out());
      quit(left);
    }
    CliRun pipe = CliRun.of("get", ".", "pipe", "--data", path("right"));
    assertEquals("from a pipe", pipe.out());
    CliRun exported = CliRun.of("get", ".", "large", "--output", path("copy"), "--data", path("right"));
    assertEquals(0, exported.code(), exported.err());
    assertEquals(-1, Files.mismatch(large, temporary.resolve("copy")));
  }

  @Test
  void when_rightIsReadOnly_then_writingIsRefused() {
    create("left", "lmdb");
    try (CliRun left = share();
        CliRun right = join(left.ticket())) {
      right.await("sync-finished", "\"succeeded\":true");
      right.type("set a b");
      right.await("\"event\":\"error\"", "can only be read", "\"exitCode\":2");
      right.type("share --write");
      right.await("\"event\":\"error\"", "can only be read", "\"exitCode\":2");
      right.type("share");
      right.await("\"event\":\"ticket\"", "\"access\":\"read\"");
      quit(right);
      quit(left);
    }
  }

  @Test
  void when_lineIsWrong_then_itSaysSoAndGoesOn() {
    create("left", "lmdb");
    try (CliRun left = share()) {
      left.ticket();
      for (String line : new String[] {"nonsense", "set", "set a 'b", "set a b c", "get", "ls --nonsense", "set a -"}) {
        left.type(line);
        left.await("\"event\":\"error\"", "\"exitCode\":2");
      }
      left.type("get nothing");
      left.await("\"event\":\"error\"", "\"exitCode\":1");
      left.type("");
      left.type("# a remark");
      left.type("set . a b");
      left.await("\"event\":\"set\"");
      quit(left);
    }
  }

  @Test
  void when_inputEnds_then_onlyTheCommandsEnd() {
    create("left", "lmdb");
    try (CliRun left = share("--write");
        CliRun right = join(left.ticket())) {
      right.await("sync-finished");
      left.endInput();
      right.type("set after eof");
      left.await("insert-remote", "\"key\":\"after\"");
      assertFalse(left.isDone());
      left.interrupt();
      assertEquals(0, left.code(), left.err());
      quit(right);
    }
  }

  @Test
  void when_watchIsLimited_then_onlyThoseKeysAreShown() {
    create("left", "lmdb");
    try (CliRun left = share()) {
      left.ticket();
      left.type("watch b");
      left.type("set a 1");
      left.type("set b 2");
      left.await("insert-local", "\"key\":\"b\"");
      left.type("watch --off");
      left.type("set b 3");
      left.type("quit");
      assertEquals(0, left.code());
      assertEquals(1, left.out().lines().filter(line -> line.contains("insert-local")).count(), left.out());
    }
  }

  @Test
  void when_nodeStartsAgain_then_itsTicketsStillLeadToIt() {
    create("left", "lmdb");
    String ticket;
    try (CliRun left = share("--write")) {
      ticket = left.ticket();
      quit(left);
    }
    try (CliRun left = share("--write")) {
      assertEquals(ticket, left.ticket());
      try (CliRun right = join(ticket)) {
        right.await("sync-finished", "\"succeeded\":true");
        quit(right);
      }
      try (CliRun right = CliRun.start("watch", "--data", path("right"), "--bind", "127.0.0.1:0", "--json")) {
        right.await("sync-finished", "\"succeeded\":true");
        left.type("set later x");
        right.await("insert-remote", "\"key\":\"later\"");
        quit(right);
      }
      quit(left);
    }
  }
}
