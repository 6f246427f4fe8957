package org.docs4j.engine.captured;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.captured.Recording.Exchange;
import org.docs4j.engine.captured.Recording.Frame;
import org.docs4j.engine.captured.Recording.Side;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings from elsewhere pass only if they are there and every byte of them is right. */
class FurtherRecordingsTest {
  private static final String NAME = "sync_exchange_2_vs_1.json";

  @TempDir private Path folder;

  private final CapturedExchangesTest checks = new CapturedExchangesTest();
  private JsonNode root = new ObjectMapper().createObjectNode();
  private final Recording kept = Recordings.kept().stream().filter(one -> one.name().endsWith(NAME)).findFirst().orElseThrow();

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = FurtherRecordingsTest.class.getResourceAsStream("node-1x-shapes/" + NAME)) {
      root = new ObjectMapper().readTree(in);
    }
  }

  /** The recording as the system property would bring it. */
  private RecordingFile given() throws IOException {
    new ObjectMapper().writeValue(folder.resolve(NAME).toFile(), root);
    List<RecordingFile> further = Recordings.further(File.pathSeparator + folder);
    assertEquals(1, further.size());
    return further.get(0);
  }

  /** Alters the first frame in which a text is found. */
  private void alter(String text, UnaryOperator<String> change) {
    for (JsonNode exchange : root.get("exchanges")) {
      for (JsonNode frame : exchange.get("frames")) {
        String hex = frame.get("frameHex").asText();
        if (hex.contains(text)) {
          ((ObjectNode) frame).put("frameHex", hex.replace(text, change.apply(text)));
          return;
        }
      }
    }
    throw new AssertionError("no frame has " + text);
  }

  /** Another last digit, which is in the last byte. */
  private static String otherEnd(String hex) {
    return hex.substring(0, hex.length() - 1) + (hex.endsWith("0") ? "1" : "0");
  }

  private <T> T first(Function<Frame, List<T>> of) {
    return kept.exchanges().stream()
        .flatMap(exchange -> exchange.frames().stream())
        .flatMap(frame -> of.apply(frame).stream())
        .findFirst()
        .orElseThrow();
  }

  private static void assertSays(AssertionError error, String what) {
    assertTrue(error.getMessage().contains(NAME) && error.getMessage().contains(what), error.getMessage());
  }

  /** What the real nodes of the altered recording say is not what ours does. */
  private void assertAnswersDiffer() throws IOException {
    RecordingFile altered = given();
    assertSays(
        assertThrows(AssertionError.class, () -> checks.answers_ofOurs_areThoseOfTheRealNodes(altered)),
        "a frame of A");
  }

  @Test
  void recording_asItWas_passes() throws IOException {
    RecordingFile same = given();
    assertDoesNotThrow(() -> checks.frames_recorded_areReproducedAndSigned(same));
    assertDoesNotThrow(() -> checks.answers_ofOurs_areThoseOfTheRealNodes(same));
    assertDoesNotThrow(() -> checks.sessions_ofOurs_endWhereTheIntendedRuleDoes(same));
  }

  @Test
  void recording_withAnAlteredSignature_fails() throws IOException {
    SignedEntry entry = first(frame -> frame.values().stream().map(Part.Value::entry).toList());
    alter(Hex.encode(entry.signature().namespace().toByteArray()), FurtherRecordingsTest::otherEnd);
    RecordingFile altered = given();
    assertSays(
        assertThrows(AssertionError.class, () -> checks.frames_recorded_areReproducedAndSigned(altered)),
        "a signature of");
  }

  @Test
  void recording_withAnAlteredFingerprint_fails() throws IOException {
    Part part = first(frame -> frame.parts().parts());
    alter(((Part.RangeFingerprint) part).fingerprint().toString(), FurtherRecordingsTest::otherEnd);
    assertAnswersDiffer();
  }

  @Test
  void recording_withAnAlteredRange_fails() throws IOException {
    Part.RangeFingerprint part = (Part.RangeFingerprint) first(frame -> frame.parts().parts());
    String end = Hex.encode(part.range().y().encode());
    // The end of the range stands right before the fingerprint.
    alter(end + part.fingerprint(), text -> text.replace(end, otherEnd(end)));
    assertAnswersDiffer();
  }

  @Test
  void recording_withoutFrames_fails() throws IOException {
    root.get("exchanges").forEach(exchange -> ((ArrayNode) exchange.get("frames")).removeAll());
    RecordingFile empty = given();
    assertSays(
        assertThrows(AssertionError.class, () -> checks.frames_recorded_areReproducedAndSigned(empty)), "no frames");
  }

  /** What is known to have been there is all there was, also if the frames show something else. */
  @Test
  void recording_whichShowsAnEntryThatWasNotThereBefore_fails() throws IOException {
    ((ArrayNode) root.get("beforeAll").get("A")).remove(0);
    assertAnswersDiffer();
  }

  @Test
  void recording_thatCannotBeRead_failsWithItsName() throws IOException {
    root.get("exchanges").forEach(exchange -> ((ObjectNode) exchange.get("frames").get(0)).put("frameHex", "00000001"));
    RecordingFile cut = given();
    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> checks.frames_recorded_areReproducedAndSigned(cut));
    assertTrue(failure.getMessage().contains(NAME), failure.getMessage());
  }

  @Test
  void recording_withSecretsOfAuthorsInAList_passes() throws IOException {
    ArrayNode secrets = ((ObjectNode) root).putArray("authorSecrets");
    for (String side : List.of("A", "B")) {
      secrets.add(((ObjectNode) root).remove("authorSecret" + side).asText());
    }
    RecordingFile listed = given();
    assertDoesNotThrow(() -> checks.frames_recorded_areReproducedAndSigned(listed));
    assertDoesNotThrow(() -> checks.answers_ofOurs_areThoseOfTheRealNodes(listed));
  }

  @Test
  void folders_missingOrWithoutRecordings_fail() throws IOException {
    String missing = folder.resolve("missing").toString();
    UncheckedIOException none = assertThrows(UncheckedIOException.class, () -> Recordings.further(missing));
    assertTrue(none.getMessage().contains(missing), none.getMessage());
    Files.writeString(folder.resolve("gossip_and_live.json"), "{}");
    IllegalArgumentException empty =
        assertThrows(IllegalArgumentException.class, () -> Recordings.further(folder.toString()));
    assertTrue(empty.getMessage().contains(folder.toString()), empty.getMessage());
  }

  /** What a made-up peer sends from the future is refused, as the real node refused it, and moves no clock. */
  @Test
  void time_ofARecording_isThatOfTheRealNodes() {
    SignedEntry held = Entries.unsigned(Entries.AUTHORS.get(0), "held", 5, "x");
    SignedEntry future = Entries.unsigned(Entries.AUTHORS.get(0), "future", 9_000_000_000L, "x");
    Part offer =
        new Part.RangeItem(Range.all(Range.ZERO), List.of(new Part.Value(future, ContentStatus.MISSING)), true);
    SyncMessage message = new SyncMessage.Init(Entries.NAMESPACE.id(), new RangeMessage(List.of(offer)));
    List<Exchange> exchanges = List.of(new Exchange(List.of(new Frame("peer", "", message)), true));
    Side peer = new Side(false, List.of(), Optional.empty());
    Map<String, Side> sides = Map.of("node", new Side(true, List.of(held), Optional.empty()), "peer", peer);
    Recording recording = new Recording("made up", Entries.NAMESPACE.id(), sides, exchanges);
    assertEquals(held.record().timestamp(), Replay.latest(recording));
    Map<String, Side> silent = Map.of("node", new Side(true, List.of(), Optional.empty()), "peer", peer);
    Recording other = new Recording("made up", Entries.NAMESPACE.id(), silent, exchanges);
    assertEquals(future.record().timestamp(), Replay.latest(other));
  }
}
