package org.docs4j.engine.captured;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;

/** Finds recordings of sync sessions: those that are kept with the tests, and further ones. */
public final class Recordings {
  /** Names folders with further recordings, below the project or absolute, with the system's path separator between. */
  static final String PROPERTY = "docs.captured";

  /** Where the build was started; the tests themselves run elsewhere. */
  private static final Path ROOT = Path.of(System.getProperty("root.basedir", ""));

  private static final List<String> KEPT = List.of("node-0.35", "node-1x", "node-1x-shapes");

  private Recordings() {}

  /** The kept ones. */
  static List<Recording> kept() {
    return keptFiles().stream().map(RecordingFile::read).toList();
  }

  static List<RecordingFile> keptFiles() {
    URL here = Recordings.class.getResource("kept.txt");
    if (here == null) {
      throw new AssertionError("the recordings are missing");
    }
    try {
      Path folder = Path.of(here.toURI()).resolveSibling(".").normalize();
      return KEPT.stream().flatMap(name -> in(folder.resolve(name)).stream()).toList();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Those in the folders that the system property names. */
  static List<RecordingFile> further() {
    return further(System.getProperty(PROPERTY, ""));
  }

  /** Those in some folders, each of which has at least one. */
  static List<RecordingFile> further(String folders) {
    List<RecordingFile> further = new ArrayList<>();
    for (String folder : folders.split(File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        further.addAll(in(ROOT.resolve(folder)));
      }
    }
    return further;
  }

  /** Every file {@code sync_*.json} of a folder, at least one; other files there are of no interest. */
  static List<RecordingFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<RecordingFile> recordings =
          files
              .filter(file -> file.getFileName().toString().matches("sync_.*\\.json"))
              .sorted()
              .map(RecordingFile::new)
              .toList();
      if (recordings.isEmpty()) {
        throw new IllegalArgumentException("no recordings sync_*.json in " + folder);
      }
      return recordings;
    } catch (IOException e) {
      throw new UncheckedIOException("no recordings in " + folder, e);
    }
  }

  /** The parts of a message; none if it is an abort. */
  static RangeMessage parts(SyncMessage message) {
    if (message instanceof SyncMessage.Init init) {
      return init.message();
    }
    return message instanceof SyncMessage.Sync sync ? sync.message() : RangeMessage.EMPTY;
  }

  /** All frames of the kept recordings, with their lengths in front. */
  public static List<byte[]> frames() {
    return kept().stream()
        .flatMap(recording -> recording.exchanges().stream())
        .flatMap(exchange -> exchange.frames().stream())
        .map(frame -> Hex.decode(frame.hex()))
        .toList();
  }
}
