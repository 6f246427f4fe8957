package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.docs4j.api.AbortReason;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;
import org.junit.jupiter.api.Test;

class SyncMessageCodecTest {
  /** Every frame of the computed vectors and of exchanges recorded from real nodes. */
  static List<byte[]> frames() {
    List<byte[]> frames = new ArrayList<>();
    Map<String, String> fields = new TreeMap<>();
    fields.put("vectors-sync.json", "hex|frame");
    fields.put("exchange-1x.json", "frameHex");
    fields.put("exchange-035.json", "frameHex");
    fields.forEach((file, field) -> collect(read(file), field, frames));
    return frames;
  }

  private static void collect(String text, String field, List<byte[]> frames) {
    Matcher hex = Pattern.compile("\"(?:" + field + ")\": *\"([0-9a-f]+)\"").matcher(text);
    while (hex.find()) {
      frames.add(Hex.decode(hex.group(1)));
    }
  }

  private static String read(String file) {
    try (InputStream in = SyncMessageCodecTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SyncMessage decode(byte[] frame) {
    return SyncMessageCodec.decode(Arrays.copyOfRange(frame, 4, frame.length));
  }

  @Test
  void encodeFrame_recordedFrames_areReproduced() {
    List<byte[]> frames = frames();
    assertTrue(frames.size() > 15, "frames: " + frames.size());
    for (byte[] frame : frames) {
      assertArrayEquals(frame, SyncMessageCodec.encodeFrame(decode(frame)));
    }
  }

  @Test
  void decode_recordedEntries_haveGoodSignatures() {
    int entries = 0;
    for (byte[] frame : frames()) {
      SyncMessage message = decode(frame);
      RangeMessage parts =
          message instanceof SyncMessage.Init init
              ? init.message()
              : message instanceof SyncMessage.Sync sync ? sync.message() : RangeMessage.EMPTY;
      for (Part part : parts.parts()) {
        if (part instanceof Part.RangeItem item) {
          for (Part.Value value : item.values()) {
            SignedEntry entry = value.entry();
            assertTrue(entry.verify(), "signature of " + entry.id().key());
            entries++;
          }
        }
      }
    }
    assertEquals(13, entries, "recorded entries");
  }

  @Test
  void decode_aborts_giveTheirReasons() {
    byte code = 0;
    for (AbortReason reason :
        List.of(AbortReason.NOT_FOUND, AbortReason.ALREADY_SYNCING, AbortReason.INTERNAL_SERVER_ERROR)) {
      byte[] frame = {0, 0, 0, 2, 2, code++};
      assertEquals(reason, assertInstanceOf(SyncMessage.Abort.class, decode(frame)).reason());
    }
    assertEquals("000000020100", Hex.encode(SyncMessageCodec.encodeFrame(new SyncMessage.Sync(RangeMessage.EMPTY))));
  }

  @Test
  void decode_cutFrames_areMalformed() {
    for (byte[] frame : frames()) {
      int step = Math.max(1, frame.length / 97);
      for (int length = 4; length < frame.length; length += step) {
        byte[] cut = Arrays.copyOfRange(frame, 4, length);
        assertThrows(MalformedMessageException.class, () -> SyncMessageCodec.decode(cut));
      }
    }
  }

  @Test
  void decode_alteredFrames_areMalformedOrDecode() {
    long seed = 20261124;
    Random random = new Random(seed);
    int malformed = 0;
    List<byte[]> frames = frames();
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = frames.get(random.nextInt(frames.size()));
      byte[] body = Arrays.copyOfRange(frame, 4, frame.length);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        SyncMessageCodec.decode(body);
      } catch (MalformedMessageException e) {
        malformed++;
      }
    }
    assertTrue(malformed > 1000, "seed " + seed + ": malformed " + malformed);
  }
}
