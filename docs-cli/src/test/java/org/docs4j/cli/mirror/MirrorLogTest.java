package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Timestamp;
import org.docs4j.cli.node.CommandFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorLogTest {
  private static final AuthorId AUTHOR = AuthorId.parse("0123456789abcdef".repeat(4));

  @TempDir Path temporary;

  private static Agreed agreed(int time) {
    Record record = new Record(time, Hash.ofContent(new byte[time]), new Timestamp(-time));
    return new Agreed(new Version(record, AUTHOR), new Stamp(time, Long.MAX_VALUE - time));
  }

  private static Agreed removed(int time) {
    return new Agreed(new Version(Record.tombstone(new Timestamp(time)), AUTHOR), Stamp.NONE);
  }

  @Test
  void read_noFile_isEmpty() {
    assertEquals(Map.of(), MirrorLog.read(temporary.resolve("none")));
  }

  @Test
  void read_whatWasAppended_theLastLineCounts() throws IOException {
    Path file = temporary.resolve("cli/log");
    try (MirrorLog log = MirrorLog.open(file, Map.of("old", agreed(1)))) {
      log.append("a\tb\\n\nc\r", agreed(2));
      log.append("gone", agreed(3));
      log.append("gone", removed(4));
    }

    Map<String, Agreed> read = MirrorLog.read(file);

    assertEquals(Map.of("old", agreed(1), "a\tb\\n\nc\r", agreed(2), "gone", removed(4)), read);
  }

  @Test
  void open_again_forgetsWhatDoesNotCount() throws IOException {
    Path file = temporary.resolve("log");
    try (MirrorLog log = MirrorLog.open(file, Map.of())) {
      log.append("a", agreed(1));
      log.append("a", agreed(2));
    }

    MirrorLog.open(file, MirrorLog.read(file)).close();

    assertEquals(2, Files.readAllLines(file).size());
    assertEquals(Map.of("a", agreed(2)), MirrorLog.read(file));
  }

  @Test
  void read_lastLineCutAnywhere_keepsTheOthers() throws IOException {
    Path file = temporary.resolve("log");
    try (MirrorLog log = MirrorLog.open(file, Map.of("a", agreed(1)))) {
      log.append("a", agreed(2));
    }
    byte[] whole = Files.readAllBytes(file);
    int cutFrom = Files.readAllLines(file).stream().limit(2).mapToInt(line -> line.length() + 1).sum();
    for (int length = cutFrom; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertEquals(Map.of("a", agreed(1)), MirrorLog.read(file), "cut to " + length);
    }
  }

  @Test
  void read_otherFormat_isRefused() throws IOException {
    Path file = temporary.resolve("log");
    Files.write(file, List.of("docs4j mirror 2", "x"), StandardOpenOption.CREATE);

    assertThrows(CommandFailedException.class, () -> MirrorLog.read(file));
  }
}
