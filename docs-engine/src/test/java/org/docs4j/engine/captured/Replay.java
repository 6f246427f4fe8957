package org.docs4j.engine.captured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.captured.RecordedNode.Answers;
import org.docs4j.engine.captured.Recording.Exchange;
import org.docs4j.engine.captured.Recording.Frame;
import org.docs4j.engine.captured.Recording.Listing;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;

/** Goes through a recording and holds the real nodes' frames against what ours says to the same messages. */
final class Replay implements AutoCloseable {
  private final Recording recording;
  private final Map<String, RecordedNode> nodes = new LinkedHashMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private int compared;

  Replay(Recording recording) {
    this.recording = recording;
    Timestamp now = latest(recording);
    recording
        .sides()
        .forEach(
            (name, side) -> {
              if (side.real()) {
                nodes.put(name, new RecordedNode(recording.namespace(), side.before(), now));
              }
            });
  }

  /**
   * The time of a recording: nothing that a real node held or sent is later. What others sent counts only if there is
   * nothing else, since they send entries of the future as well.
   */
  static Timestamp latest(Recording recording) {
    return latest(recording, Recording.Side::real).or(() -> latest(recording, side -> true)).orElse(Timestamp.EPOCH);
  }

  private static Optional<Timestamp> latest(Recording recording, Predicate<Recording.Side> of) {
    Map<String, Recording.Side> sides = recording.sides();
    Stream<SignedEntry> held = sides.values().stream().filter(of).flatMap(side -> side.before().stream());
    Stream<SignedEntry> sent =
        recording.exchanges().stream()
            .flatMap(exchange -> exchange.frames().stream())
            .filter(frame -> of.test(sides.get(frame.sender())))
            .flatMap(frame -> frame.values().stream().map(Part.Value::entry));
    return Stream.concat(held, sent).map(entry -> entry.record().timestamp()).max(Comparator.naturalOrder());
  }

  /** Whether a real node departed from the intended rule. */
  boolean departed() {
    return nodes.values().stream().anyMatch(RecordedNode::departed);
  }

  /** How many frames ours had to say byte for byte. */
  int compared() {
    return compared;
  }

  /** What real nodes did after one had departed that those with the other rule would not have done, as far as it is known. */
  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  void run() {
    recording.exchanges().forEach(this::run);
    nodes.forEach(this::assertEnd);
  }

  private void run(Exchange exchange) {
    Optional<Frame> last = Optional.empty();
    for (Frame frame : exchange.frames()) {
      if (frame.message() instanceof SyncMessage.Abort) {
        return;
      }
      RecordedNode node = nodes.get(frame.sender());
      if (node != null) {
        Answers answers =
            last.isPresent() ? node.answer(last.get().parts()) : node.initial();
        assertSaid(frame, answers, node.departed());
      }
      last = Optional.of(frame);
    }
    if (last.isPresent()) {
      assertSilent(exchange, last.get());
    }
  }

  /** What the answer to a message was before the message was stored is compared as it was: rules part by storing only. */
  private void assertSaid(Frame frame, Answers answers, boolean departed) {
    String said = recording + ", a frame of " + frame.sender();
    explain(frame.hex().equals(encoded(frame, answers.reference())), said);
    if (!departed) {
      assertEquals(frame.hex(), encoded(frame, answers.ours()), said);
      compared++;
    }
  }

  private void explain(boolean isKnown, String what) {
    if (!isKnown) {
      unexplained.add(what);
    }
  }

  private static String encoded(Frame frame, RangeMessage message) {
    RangeMessage complete = Answers.withStatus(message, frame.values());
    SyncMessage all =
        frame.message() instanceof SyncMessage.Init init
            ? new SyncMessage.Init(init.namespace(), complete)
            : new SyncMessage.Sync(complete);
    return Hex.encode(SyncMessageCodec.encodeFrame(all));
  }

  private void assertSilent(Exchange exchange, Frame last) {
    String peer = recording.peerOf(last.sender());
    RecordedNode node = nodes.get(peer);
    if (node != null) {
      Answers answers = node.answer(last.parts());
      if (exchange.ended()) {
        explain(answers.reference().isEmpty(), recording + ": " + peer + " has nothing more to say");
        assertTrue(node.departed() || answers.ours().isEmpty(), recording + ": ours would go on as " + peer);
      }
    }
  }

  private void assertEnd(String side, RecordedNode node) {
    assertEquals(node.intended(), node.ours(), recording + ": " + side + " in the end");
    Optional<Listing> after = recording.sides().get(side).after();
    String end = recording + ": " + side + " in the end, as listed";
    after.ifPresent(
        listing -> {
          explain(listing.entries().equals(listed(listing, node.reference())), end);
          if (!node.departed()) {
            assertEquals(listing.entries(), listed(listing, node.ours()), end);
          }
        });
  }

  private static List<Entry> listed(Listing listing, List<Entry> entries) {
    return entries.stream().filter(entry -> listing.complete() || !entry.isEmpty()).toList();
  }

  @Override
  public void close() {
    nodes.values().forEach(RecordedNode::close);
  }
}
