package org.docs4j.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.docs4j.api.model.NamespaceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final NamespaceId DOC = NamespaceId.parse("0123456789abcdef".repeat(4));

  @TempDir Path temporary;

  @Test
  void load_noFolder_knowsNothing() {
    Settings settings = Settings.load(temporary.resolve("none"));

    assertTrue(settings.port().isEmpty());
    assertTrue(settings.mirror(temporary).isEmpty());
  }

  @Test
  void remember_everything_isThereInTheNextRun() throws IOException {
    Path strange = temporary.resolve("a = b:\\ #!");
    Settings settings = Settings.load(temporary.resolve("cli"));
    settings.rememberPort(4711);
    settings.rememberMirror(strange, DOC);

    Settings next = Settings.load(temporary.resolve("cli"));

    assertEquals(4711, next.port().orElseThrow());
    assertEquals(Optional.of(DOC), next.mirror(strange));
    try (Stream<Path> files = Files.list(temporary.resolve("cli"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void load_portThatIsNone_isIgnored() throws IOException {
    Files.writeString(temporary.resolve("settings.properties"), "port=70000\n");

    assertTrue(Settings.load(temporary).port().isEmpty());
  }

  @Test
  void load_unreadableFile_isAFailureInOneSentence() throws IOException {
    Files.writeString(temporary.resolve("settings.properties"), "port=\\u00zz\n");

    assertThrows(CommandFailedException.class, () -> Settings.load(temporary));
  }
}
