package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
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
    return SyncMessageCodec.of(new MessageHead.Sync(1), pieces(body, step));
  }

  private static List<Piece> pieces(byte[] body, int step) {
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
    assertInstanceOf(MessageHead.Sync.class, decoder.head().orElseThrow());
    return pieces;
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
    for (long length : new long[] {63, 1 << 30, 1L << 40, -1}) {
      byte[] beginning = new byte[length > 63 ? 64 + Key.MAX_BYTES : 0];
      refused(1 << 30, new PostcardWriter().variant(1).u64(1).variant(0).u64(length).fixed(beginning).toByteArray());
      PostcardWriter value = new PostcardWriter().variant(1).u64(1).variant(1);
      value.byteString(new byte[64]).byteString(new byte[64]).u64(1).fixed(new byte[128]);
      refused(1 << 30, value.u64(length).toByteArray());
    }
  }

  private static RecordIdentifier id(byte[] key) {
    return new RecordIdentifier(Entries.NAMESPACE.id(), Entries.AUTHORS.get(0).id(), Key.of(key));
  }

  private static Part.Value value(byte[] key) {
    SignedEntry entry = value(1).entry();
    return new Part.Value(
        new SignedEntry(entry.signature(), new Entry(id(key), entry.record())), ContentStatus.MISSING);
  }

  private static byte[] key(int size) {
    byte[] key = new byte[size];
    Arrays.fill(key, (byte) 7);
    return key;
  }

  @Test
  void advance_entriesWithKeysThatAreTooLong_arePassedOverAndCounted() {
    Part.Value longest = value(key(Key.MAX_BYTES));
    Part.Value longer = value(key(Key.MAX_BYTES + 1));
    Part.Value muchLonger = value(key(3 << 20));
    Range all = Range.all(Range.ZERO);
    SyncMessage sent =
        new SyncMessage.Sync(
            new RangeMessage(
                List.of(
                    new Part.RangeItem(all, List.of(longer, value(1), muchLonger, muchLonger, longest), false),
                    new Part.RangeItem(all, List.of(muchLonger), true),
                    new Part.RangeItem(all, List.of(value(2)), true))));
    List<Piece> expected =
        List.of(
            new Piece.Items(all, List.of(value(1), longest), true, false, 3),
            new Piece.Items(all, List.of(), true, true, 1),
            new Piece.Items(all, List.of(value(2)), true, true));
    byte[] body = body(sent);
    for (int step : new int[] {1021, 65_536, 1 << 20, body.length}) {
      assertTrue(merged(expected).equals(merged(pieces(body, step))), "step " + step);
    }
  }

  /** A full batch may cut a part in two. */
  private static List<Piece> merged(List<Piece> pieces) {
    List<Piece> merged = new ArrayList<>();
    List<Part.Value> values = new ArrayList<>();
    int tooLong = 0;
    for (Piece piece : pieces) {
      Piece.Items items = (Piece.Items) piece;
      values.addAll(items.values());
      tooLong += items.tooLong();
      if (items.last()) {
        merged.add(new Piece.Items(items.range(), values, true, items.haveLocal(), tooLong));
        values.clear();
        tooLong = 0;
      }
    }
    return merged;
  }

  /** They stand where they did among all that can be stored, and what follows them is read. */
  @Test
  void advance_endsOfRangesThatAreTooLong_areCut() {
    byte[] longest = key(Key.MAX_BYTES);
    byte[] after = Arrays.copyOf(longest, longest.length + 1);
    Fingerprint fingerprint = value(1).entry().entry().fingerprint();
    SyncMessage sent =
        new SyncMessage.Sync(
            new RangeMessage(
                List.of(
                    new Part.RangeFingerprint(new Range(id(key(1)), id(key(2 << 20))), fingerprint),
                    new Part.RangeItem(Range.all(id(key(Key.MAX_BYTES + 1))), List.of(value(1)), true),
                    new Part.RangeFingerprint(new Range(id(after), id(longest)), fingerprint))));
    SyncMessage expected =
        new SyncMessage.Sync(
            new RangeMessage(
                List.of(
                    new Part.RangeFingerprint(new Range(id(key(1)), id(after)), fingerprint),
                    new Part.RangeItem(Range.all(id(after)), List.of(value(1)), true),
                    new Part.RangeFingerprint(new Range(id(after), id(longest)), fingerprint))));
    byte[] body = body(sent);
    for (int step : new int[] {1021, 65_536, 1 << 20, body.length}) {
      assertTrue(expected.equals(decode(body, step)), "step " + step);
    }
  }

  @Test
  void advance_cutOffWithinALongKey_isMalformedAtTheEndOfTheFrame() {
    Part.Value longer = value(key(2 << 20));
    byte[] body =
        body(new SyncMessage.Sync(new RangeMessage(List.of(new Part.RangeItem(Range.all(Range.ZERO), List.of(longer), true)))));
    for (int cut : new int[] {1, 2, 20, 40, 1 << 20, 2 << 20}) {
      byte[] rest = Arrays.copyOf(body, body.length - cut);
      assertThrows(MalformedMessageException.class, () -> decode(rest, 65_536), "without the last " + cut);
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

  private static long heldAfter(byte[] bytes) {
    MessageDecoder decoder = new MessageDecoder(bytes.length + 1000);
    for (int at = 0; at < bytes.length; at += 100_000) {
      decoder.feed(ByteBuffer.wrap(bytes, at, Math.min(100_000, bytes.length - at)));
      while (decoder.advance()) {
        decoder.takeBatch();
      }
    }
    return decoder.held();
  }

  @Test
  void held_ofAnElementAndARangeThatAreNotOver_isWhatTheyTake() {
    PostcardWriter out = new PostcardWriter().variant(1).count(2).variant(1);
    out.byteString(new byte[64 + Key.MAX_BYTES]);
    assertBetween(Key.MAX_BYTES, heldAfter(out.toByteArray()), Key.MAX_BYTES + 1000);
    out.byteString(new byte[64]).count(2);
    assertBetween(Key.MAX_BYTES, heldAfter(out.toByteArray()), Key.MAX_BYTES + 1000);
    out.fixed(new byte[128]).fixed(new PostcardWriter().byteString(new byte[64 + Key.MAX_BYTES]).toByteArray());
    assertBetween(2 * Key.MAX_BYTES, heldAfter(out.toByteArray()), 3 * Key.MAX_BYTES + 200_000);
  }

  /** The buffer grew for the long key; the peer holds the next element back. */
  @Test
  void held_afterALongElementThatWasTaken_isSmall() {
    PostcardWriter out = new PostcardWriter().variant(1).count(300).variant(0);
    out.byteString(new byte[64 + Key.MAX_BYTES]).byteString(new byte[64]).fixed(new byte[32]);
    for (int i = 0; i < MessageDecoder.BATCH_ELEMENTS; i++) {
      out.variant(0).byteString(new byte[64]).byteString(new byte[64]).fixed(new byte[32]);
    }
    assertBetween(0, heldAfter(out.toByteArray()), 100_000);
  }

  private static void assertBetween(long least, long is, long most) {
    assertTrue(is >= least && is <= most, () -> is + " is not between " + least + " and " + most);
  }
}
