package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFolderTest {
  @TempDir Path temporary;
  private Path root = Path.of("");
  private SafeFolder folder = new SafeFolder(root, new SplittableRandom(1));

  @BeforeEach
  void makeFolder() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("root"));
    folder = new SafeFolder(root, new SplittableRandom(1));
  }

  private static SafeFolder.Source text(String text) {
    return file -> Files.writeString(file, text);
  }

  @Test
  void write_newFile_makesItsFoldersAndLeavesNothingBeside() throws IOException {
    Stamp stamp = folder.write("a/b/c", Stamp.NONE, text("hello"));

    assertEquals("hello", Files.readString(root.resolve("a/b/c")));
    assertEquals(folder.stamp("a/b/c"), stamp);
    try (Stream<Path> files = Files.list(root.resolve("a/b"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void write_existingFile_keepsItsPermissions() throws IOException {
    Assumptions.assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = Files.writeString(root.resolve("run"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

    folder.write("run", folder.stamp("run"), text("new"));

    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void write_fileThatIsNotAsExpected_leavesItAlone() throws IOException {
    Path file = Files.writeString(root.resolve("f"), "mine");

    assertFalse(folder.write("f", Stamp.NONE, text("theirs")).exists());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void write_failingSource_leavesNoTrace() throws IOException {
    SafeFolder.Source failing =
        file -> {
          Files.writeString(file, "half");
          throw new IOException("broken");
        };

    assertThrows(IOException.class, () -> folder.write("f", Stamp.NONE, failing));
    try (Stream<Path> files = Files.list(root)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void write_linkOnTheWay_isRefused() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link"), outside);

    assertThrows(IOException.class, () -> folder.write("link/f", Stamp.NONE, text("x")));
    assertThrows(IOException.class, () -> folder.write("link/g/f", Stamp.NONE, text("x")));
    assertThrows(IOException.class, () -> folder.remove("link/f"));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void write_linkInItsPlace_isRefused() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "safe");
    Files.createSymbolicLink(root.resolve("f"), outside);

    assertThrows(IOException.class, () -> folder.write("f", Stamp.NONE, text("x")));
    assertEquals("safe", Files.readString(outside));
    assertTrue(Files.isSymbolicLink(root.resolve("f")));
  }

  @Test
  void write_fileWhereAFolderShouldBe_isRefused() throws IOException {
    Files.writeString(root.resolve("a"), "file");

    assertThrows(IOException.class, () -> folder.write("a/b", Stamp.NONE, text("x")));
    assertEquals("file", Files.readString(root.resolve("a")));
  }

  @Test
  void write_emptyFolderInItsPlace_replacesIt() throws IOException {
    Files.createDirectory(root.resolve("a"));
    Files.createDirectories(root.resolve("b/c"));

    folder.write("a", Stamp.NONE, text("x"));

    assertEquals("x", Files.readString(root.resolve("a")));
    assertThrows(IOException.class, () -> folder.write("b", Stamp.NONE, text("x")));
  }

  @Test
  void remove_lastFileOfAFolder_removesTheFolder() throws IOException {
    folder.write("a/b/c", Stamp.NONE, text("x"));
    folder.write("a/d", Stamp.NONE, text("x"));

    folder.remove("a/b/c");

    assertFalse(Files.exists(root.resolve("a/b")));
    assertTrue(Files.exists(root.resolve("a/d")));
    folder.remove("a/d");
    assertTrue(Files.isDirectory(root));
    assertFalse(Files.exists(root.resolve("a")));
  }

  @Test
  void stamp_linkOrFolderOrNothing_isNone() throws IOException {
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/f"), "x");
    Files.createSymbolicLink(root.resolve("l"), root.resolve("d"));

    assertEquals(Stamp.NONE, folder.stamp("d"));
    assertEquals(Stamp.NONE, folder.stamp("l"));
    assertEquals(Stamp.NONE, folder.stamp("l/f"));
    assertEquals(Stamp.NONE, folder.stamp("x"));
    assertTrue(folder.stamp("d/f").exists());
  }

  @Test
  void stamp_rootIsGone_fails() throws IOException {
    Files.delete(root);

    assertThrows(IOException.class, () -> folder.stamp("f"));
  }

  @Test
  void moveAside_nameTaken_takesAnother() throws IOException {
    Stamp stamp = folder.write("a/f", Stamp.NONE, text("1"));
    String first = folder.moveAside("a/f", stamp);
    folder.write("a/f", Stamp.NONE, text("2"));
    String second = folder.moveAside("a/f", stamp);

    assertEquals("1", Files.readString(root.resolve(first)));
    assertEquals("2", Files.readString(root.resolve(second)));
    assertFalse(Files.exists(root.resolve("a/f")));
  }

  @Test
  void removeLeftOvers_folder_removesOnlyThose() throws IOException {
    Files.writeString(root.resolve(".docs4j-7a.tmp"), "half");
    Files.writeString(root.resolve(".docs4j-notes"), "mine");

    folder.removeLeftOvers(root);

    assertFalse(Files.exists(root.resolve(".docs4j-7a.tmp")));
    assertTrue(Files.exists(root.resolve(".docs4j-notes")));
  }

  @Test
  void files_folder_listsRegularFilesOnly() throws IOException {
    folder.write("a/b", Stamp.NONE, text("x"));
    folder.write(".hidden", Stamp.NONE, text(""));
    Files.writeString(root.resolve(".docs4j-7a.tmp"), "half");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));
    TreeMap<String, String> skipped = new TreeMap<>();

    assertEquals(
        Set.of("a/b", ".hidden"), Walk.files(root, "", at -> {}, skipped::put).keySet());
    assertEquals(Set.of("link"), skipped.keySet());
    assertEquals(Set.of("a/b"), Walk.files(root, "a", at -> {}, skipped::put).keySet());
    assertEquals(Set.of("a/b"), Walk.files(root, "a/b", at -> {}, skipped::put).keySet());
    assertEquals(Set.of(), Walk.files(root, "link/b", at -> {}, skipped::put).keySet());
    assertEquals(Set.of(), Walk.files(root, "none", at -> {}, skipped::put).keySet());
  }
}
