package org.docs4j.engine.captured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.captured.Recording.Frame;
import org.docs4j.engine.captured.Recording.Side;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions recorded from real nodes: our codec, signatures and reconciliation do what the real nodes did, byte for byte, up
 * to where a real node departs from the intended insert rule; from there on, ours ends as that rule says. Of the kept ones
 * it is known how the real nodes go on from there, and checked.
 *
 * <p>{@code -Ddocs.captured=DIR} adds recordings of further folders, several with the path separator between.
 */
class CapturedExchangesTest {
  static Stream<RecordingFile> recordings() {
    return Stream.concat(Recordings.keptFiles().stream(), Recordings.further().stream());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void frames_recorded_areReproducedAndSigned(RecordingFile file) {
    Recording recording = file.read();
    List<Frame> frames = recording.exchanges().stream().flatMap(exchange -> exchange.frames().stream()).toList();
    assertFalse(frames.isEmpty(), recording + ": no frames");
    for (Frame frame : frames) {
      assertEquals(frame.hex(), Hex.encode(SyncMessageCodec.encodeFrame(frame.message())), recording + ": a frame");
      if (recording.sides().get(frame.sender()).real()) {
        for (Part.Value value : frame.values()) {
          assertTrue(value.entry().verify(), () -> recording + ": a signature of " + value.entry().id());
        }
      }
    }
  }

  /** The first message holds the fingerprint of all, further ones those of ranges: equal bytes prove them as well. */
  @ParameterizedTest
  @MethodSource("recordings")
  void answers_ofOurs_areThoseOfTheRealNodes(RecordingFile file) {
    Recording recording = file.read();
    try (Replay replay = new Replay(recording)) {
      replay.run();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void sessions_ofOurs_endWhereTheIntendedRuleDoes(RecordingFile file) {
    Recording recording = file.read();
    List<Side> sides = List.copyOf(recording.sides().values());
    Sessions.assertConverge(recording.namespace(), sides.get(0).before(), sides.get(1).before());
  }

  @Test
  void recordings_kept_showAllThatTheyAreKeptFor() {
    long departed = 0;
    long compared = 0;
    for (Recording recording : Recordings.kept()) {
      try (Replay replay = new Replay(recording)) {
        replay.run();
        assertEquals(List.of(), replay.unexplained(), "what real nodes with the other rule would not have done");
        departed += replay.departed() ? 1 : 0;
        compared += replay.compared();
      }
    }
    assertTrue(departed >= 5, "recordings in which a real node departs: " + departed);
    assertTrue(compared >= 80, "frames of real nodes that were compared: " + compared);
  }

  @Test
  void recordings_ofFolderWithoutAny_areRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("gossip_and_live.json"), "{}");
    assertThrows(IllegalArgumentException.class, () -> Recordings.in(folder));
    Files.writeString(folder.resolve("sync_other.json"), "{}");
    RecordingFile other = Recordings.in(folder).get(0);
    assertThrows(IllegalArgumentException.class, other::read);
  }
}
