package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.docs4j.cli.command.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in one JVM, one on each store, that mirror a folder. */
class MirrorTest {
  @TempDir Path temporary;
  private Path left = Path.of("");
  private Path right = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    left = Files.createDirectory(temporary.resolve("left"));
    right = temporary.resolve("right");
  }

  private CliRun mirror(Path folder, String store, String... more) {
    String data = temporary.resolve(folder.getFileName() + "-data").toString();
    Stream<String> words =
        Stream.of("mirror", folder.toString(), "--data", data, "--store", store, "--bind", "127.0.0.1:0", "--json");
    return CliRun.start(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
  }

  private CliRun share() {
    return mirror(left, "lmdb", "--share");
  }

  private CliRun join(String ticket) {
    return mirror(right, "rocksdb", "--join", ticket);
  }

  private static void quit(CliRun run) {
    run.type("quit");
    assertEquals(0, run.code(), run.err());
  }

  private static List<String> fill(Path root, int count, SplittableRandom random) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = "d" + i % 6 + "/e" + i % 4 + "/f" + i;
      Tree.write(root, path, "content " + random.nextLong() + "x".repeat(random.nextInt(3000)));
      paths.add(path);
    }
    return paths;
  }

  @Test
  void when_manyFilesChangeOnBothSides_then_bothFoldersStayEqual() throws IOException {
    long seed = 20261122;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> paths = fill(left, 200, random);
    Tree.write(left, paths.get(199), "large ".repeat(200_000));
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      for (int i = 0; i < 30; i++) {
        Tree.write(left, paths.get(i), "left " + random.nextLong());
        Tree.write(right, paths.get(40 + i), "right " + random.nextLong());
        Files.delete(left.resolve(paths.get(80 + i)));
        Files.delete(right.resolve(paths.get(120 + i)));
        Tree.write(left, "new/left" + i, "l" + i);
        Tree.write(right, "new/right" + i, "r" + i);
      }
      Tree.awaitEqual(left, right);
      assertEquals(200, Tree.of(left).size());
      second.await("mirror-idle", "\"files\":200");
      assertFalse(first.out().contains(".docs4j-") || second.out().contains(".docs4j-"), "temporary files were mirrored");
      quit(second);
      quit(first);
    }
  }

  @Test
  void when_namesBeginAlikeOrFilesAreEmpty_then_nothingIsLost() throws IOException {
    Tree.write(left, "README.md", "long");
    Tree.write(left, "README", "short");
    Tree.write(left, "empty", "");
    Tree.write(left, "markers", "docs4j: this file is empty\n".repeat(2));
    Tree.write(left, "a/b c/" + Tree.foreignName() + "\n.txt", "odd name");
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      Tree.write(right, "empty", "no longer");
      Tree.write(left, "README", "");
      Tree.write(left, "markers", "docs4j: this file is empty\n");
      Tree.awaitEqual(left, right);
      Files.delete(right.resolve("README"));
      Tree.awaitEqual(left, right);
      assertEquals("long", Files.readString(left.resolve("README.md")));
      assertEquals("no longer", Files.readString(left.resolve("empty")));
      assertFalse(Files.exists(left.resolve("README")));
      quit(second);
      quit(first);
    }
  }

  @Test
  void when_oneSideIsDown_then_theSameCommandCatchesUp() throws IOException {
    List<String> paths = fill(left, 40, new SplittableRandom(7));
    try (CliRun first = share()) {
      String ticket = first.ticket();
      try (CliRun second = join(ticket)) {
        Tree.awaitEqual(left, right);
        second.await("mirror-idle", "\"files\":40");
        quit(second);
      }
      Files.delete(right.resolve(paths.get(0)));
      Tree.write(right, paths.get(1), "changed while down");
      Tree.write(right, "offline", "added while down");
      Files.delete(left.resolve(paths.get(2)));
      Tree.write(left, paths.get(3), "changed meanwhile");
      try (CliRun second = join(ticket)) {
        Tree.awaitEqual(left, right);
        assertFalse(Files.exists(left.resolve(paths.get(0))));
        assertFalse(Files.exists(right.resolve(paths.get(2))));
        assertEquals("changed while down", Files.readString(left.resolve(paths.get(1))));
        assertEquals("added while down", Files.readString(left.resolve("offline")));
        assertEquals("changed meanwhile", Files.readString(right.resolve(paths.get(3))));
        quit(second);
      }
      quit(first);
    }
  }

  @Test
  void when_fileBecomesFolderAndBack_then_theOtherSideFollows() throws IOException {
    Tree.write(left, "x", "file");
    Tree.write(left, "other", "stays");
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      Files.delete(left.resolve("x"));
      Tree.write(left, "x/y", "below");
      Tree.awaitEqual(left, right);
      Files.delete(right.resolve("x/y"));
      Files.delete(right.resolve("x"));
      Tree.write(right, "x", "file again");
      Tree.awaitEqual(left, right);
      assertEquals("file again", Files.readString(left.resolve("x")));
      quit(second);
      quit(first);
    }
  }

  @Test
  void when_keysLeaveTheFolderOrMeetALink_then_nothingIsWrittenThere() throws IOException {
    Tree.write(left, "good", "good");
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createDirectory(right);
    Files.createSymbolicLink(right.resolve("link"), outside);
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      first.type("set --path ../evil x");
      first.type("set --path " + temporary.resolve("outside/evil") + " x");
      first.type("set --path link/evil x");
      first.type("set --path a//b x");
      second.await("mirror-refused", "would leave the folder");
      second.await("mirror-refused", "link/evil");
      first.type("rm --path link/evil");
      Tree.awaitEqual(left, right);
      assertFalse(Files.exists(temporary.resolve("evil")));
      try (Stream<Path> files = Files.list(outside)) {
        assertEquals(0, files.count());
      }
      quit(second);
      quit(first);
    }
  }

  @Test
  void when_sideIsReadOnly_then_itFollowsAndSendsNothing() throws IOException {
    Tree.write(left, "a", "1");
    try (CliRun first = mirror(left, "lmdb", "--share", "--read");
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      Tree.write(right, "mine", "stays here");
      Tree.write(left, "a", "2");
      Tree.await(() -> Tree.of(left).get("a").equals(Tree.of(right).get("a")) ? "" : "a differs");
      assertTrue(second.err().contains("can only be read"), second.err());
      quit(second);
      quit(first);
    }
    assertFalse(Files.exists(left.resolve("mine")));
    assertEquals("stays here", Files.readString(right.resolve("mine")));
  }

  @Test
  void when_bothFoldersHaveOtherVersions_then_theNewerWinsAndTheOtherIsKept() throws IOException {
    Tree.write(left, "same", "equal");
    Tree.write(left, "old-left", "old");
    Tree.write(left, "f", "left");
    Files.createDirectory(right);
    Tree.write(right, "same", "equal");
    Tree.write(right, "f", "right, long ago");
    Files.setLastModifiedTime(right.resolve("f"), FileTime.fromMillis(1_000_000_000_000L));
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      assertEquals("left", Files.readString(right.resolve("f")));
      assertEquals("right, long ago", Files.readString(left.resolve("f.conflict-1000000000")));
      second.await("mirror-conflict", "\"path\":\"f\"");
      quit(second);
      quit(first);
    }
  }

  @Test
  void when_folderGoesAway_then_nothingIsDeletedElsewhere() throws IOException {
    Tree.write(left, "a", "1");
    Files.createDirectory(right);
    try (CliRun first = share();
        CliRun second = join(first.ticket())) {
      Tree.awaitEqual(left, right);
      second.await("mirror-idle", "\"files\":1");
      Files.move(right, temporary.resolve("moved"));
      assertEquals(1, second.code());
      assertTrue(second.err().contains("is gone"), second.err());
      quit(first);
    }
    assertEquals("1", Files.readString(left.resolve("a")));
  }
}
