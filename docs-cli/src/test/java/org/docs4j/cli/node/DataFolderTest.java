package org.docs4j.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void standard_eachPlatform_hasItsOwnPlace() {
    Path home = Path.of(System.getProperty("user.home")).toAbsolutePath();

    assertEquals(home.resolve(".local/share/docs4j"), DataFolder.standard("Linux", Map.of()));
    assertEquals(
        temporary.resolve("docs4j"), DataFolder.standard("Linux", Map.of("XDG_DATA_HOME", temporary.toString())));
    assertEquals(
        home.resolve(".local/share/docs4j"), DataFolder.standard("Linux", Map.of("XDG_DATA_HOME", "relative")));
    assertEquals(home.resolve("Library/Application Support/docs4j"), DataFolder.standard("Mac OS X", Map.of()));
    assertEquals(
        temporary.resolve("docs4j"), DataFolder.standard("Windows 11", Map.of("LOCALAPPDATA", temporary.toString())));
  }

  @Test
  void requireExisting_noFolder_isRefused() {
    DataFolder folder = DataFolder.of(Optional.of(temporary.resolve("none")), Map.of());

    assertThrows(BadInputException.class, folder::requireExisting);
  }

  @Test
  void requireExisting_folderOfSomethingElse_isRefused() throws IOException {
    Files.writeString(temporary.resolve("holiday.txt"), "x");
    DataFolder folder = DataFolder.of(Optional.of(temporary), Map.of());

    assertThrows(BadInputException.class, folder::requireExisting);
    Files.createDirectory(temporary.resolve("store"));
    folder.requireExisting();
  }

  @Test
  void requireCreatable_fileOrNoParent_isRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertThrows(BadInputException.class, DataFolder.of(Optional.of(file), Map.of())::requireCreatable);
    assertThrows(
        BadInputException.class,
        DataFolder.of(Optional.of(temporary.resolve("none/data")), Map.of())::requireCreatable);
    DataFolder.of(Optional.of(temporary.resolve("new")), Map.of()).requireCreatable();
  }
}
