package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.junit.jupiter.api.Test;

/** Messages that arrive in pieces of any size are the same messages, and what is no message is refused at once. */
class MessageDecoderTest {
  private static Part.Value value(int number) {
    return new Part.Value(
        Entries.unsigned(Entries.AUTHORS.get(0), "key " + number, number, "x"), ContentStatus.MISSING);
  }

  private static SyncMessage message() {
    Range all = Range.all(Range.ZERO);
    List<Part.Value> many = new ArrayList<>();
    for (int i = 0; i < 3 * MessageDecoder.BATCH_ELEMENTS; i++) {
      many.add(value(i));
    }
    return new SyncMessage.Sync(
        new RangeMessage(
            List.of(
                new Part.RangeItem(all, List.of(), false),
                new Part.RangeFingerprint(all, value(1).entry().entry().fingerprint()),
                new Part.RangeItem(new Range(value(1).entry().id(), value(2).entry().id()), many, true),
                new Part.RangeItem(all, List.of(value(7)), false))));
  }

  private static byte[] body(SyncMessage message) {
    byte[] frame = SyncMessageCodec.encodeFrame(message);
    return Arrays.copyOfRange(frame, 4, frame.length);
  }

  private static SyncMessage decode(byte[] body, int step) {
    MessageDecoder decoder = new MessageDecoder(body.length);
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at < body.length; at += step) {
      decoder.feed(ByteBuffer.wrap(body, at, Math.min(step, body.length - at)));
      boolean full;
      do {
        full = decoder.advance();
        if (full || decoder.isDone()) {
          List<Piece> batch = decoder.takeBatch();
          int size = batch.stream().mapToInt(Piece::valueCount).sum();
          assertTrue(size <= MessageDecoder.BATCH_ELEMENTS, "batch of " + size);
          pieces.addAll(batch);
        }
      } while (full);
    }
    assertEquals(0, decoder.missing());
    return SyncMessageCodec.of(decoder.head().orElseThrow(), pieces);
  }

  @Test
  void advance_stepsOfAnySize_giveTheSameMessage() {
    SyncMessage message = message();
    byte[] body = body(message);
    for (int step : new int[] {1, 2, 3, 7, 100, 1021, 65_536, body.length}) {
      assertEquals(message, decode(body, step), "step " + step);
    }
  }

  @Test
  void advance_bytesAfterTheMessage_arePassedOver() {
    byte[] body = Arrays.copyOf(body(message()), body(message()).length + 1000);
    assertEquals(message(), decode(body, 100));
  }

  @Test
  void advance_cutOff_isMalformedAtTheEndOfTheFrameOnly() {
    byte[] body = body(message());
    for (int length : new int[] {1, 2, 40, 67, 140, 500, body.length - 1}) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(MalformedMessageException.class, () -> decode(cut, 50), "length " + length);
    }
  }

  private static MalformedMessageException refused(long frameLength, byte[] beginning) {
    MessageDecoder decoder = new MessageDecoder(frameLength);
    decoder.feed(ByteBuffer.wrap(beginning));
    return assertThrows(MalformedMessageException.class, decoder::advance);
  }

  @Test
  void advance_countsThatTheFrameCannotHold_areRefusedBeforeAnythingElseComes() {
    assertTrue(refused(1000, new PostcardWriter().variant(1).u64(100).toByteArray()).getMessage().contains("100 parts"));
    refused(1 << 30, new PostcardWriter().variant(1).u64(MessageDecoder.MAX_PARTS + 1).toByteArray());
    refused(1 << 30, new PostcardWriter().variant(1).u64(-1).toByteArray());
    PostcardWriter values = new PostcardWriter().variant(1).u64(1).variant(1);
    for (int i = 0; i < 2; i++) {
      values.count(64).bytes32(Bytes32.ZERO).bytes32(Bytes32.ZERO);
    }
    assertTrue(refused(1 << 20, values.u64(1 << 20).toByteArray()).getMessage().contains("entries announced"));
  }

  @Test
  void advance_identifiersOfWrongLength_areRefusedBeforeTheyCome() {
    for (long length : new long[] {63, (1 << 20) + 65, 1L << 40, -1}) {
      refused(1 << 30, new PostcardWriter().variant(1).u64(1).variant(0).u64(length).toByteArray());
    }
  }

  @Test
  void advance_endlessFingerprints_areRefused() {
    byte[] part = new PostcardWriter().variant(0).count(64).bytes32(Bytes32.ZERO).bytes32(Bytes32.ZERO)
        .count(64).bytes32(Bytes32.ZERO).bytes32(Bytes32.ZERO).bytes32(Bytes32.ZERO).toByteArray();
    MessageDecoder decoder = new MessageDecoder(1 << 30);
    decoder.feed(ByteBuffer.wrap(new PostcardWriter().variant(1).u64(100_000).toByteArray()));
    int taken = 0;
    for (int i = 0; i < MessageDecoder.MAX_FINGERPRINTS; i++) {
      decoder.feed(ByteBuffer.wrap(part));
      if (decoder.advance()) {
        taken += decoder.takeBatch().size();
      }
    }
    assertEquals(MessageDecoder.MAX_FINGERPRINTS, taken + decoder.takeBatch().size());
    decoder.feed(ByteBuffer.wrap(part));
    assertThrows(MalformedMessageException.class, decoder::advance);
    assertFalse(decoder.isDone());
  }
}
