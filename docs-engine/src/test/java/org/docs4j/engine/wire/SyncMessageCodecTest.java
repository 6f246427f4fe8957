package org.docs4j.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.docs4j.api.AbortReason;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.wire.Hex;
import org.docs4j.engine.captured.Recordings;
import org.docs4j.engine.ranger.RangeMessage;
import org.junit.jupiter.api.Test;

class SyncMessageCodecTest {
  /** Frames of real nodes; of the long ones a few will do. */
  private static final List<byte[]> FRAMES =
      Recordings.frames().stream().filter(frame -> frame.length < 4000).toList();

  private static SyncMessage decode(byte[] frame) {
    return SyncMessageCodec.decode(Arrays.copyOfRange(frame, 4, frame.length));
  }

  @Test
  void encodeFrame_recordedFrames_areReproduced() {
    assertTrue(FRAMES.size() > 50, "frames: " + FRAMES.size());
    for (byte[] frame : FRAMES) {
      assertArrayEquals(frame, SyncMessageCodec.encodeFrame(decode(frame)));
    }
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
    for (byte[] frame : FRAMES) {
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
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = FRAMES.get(random.nextInt(FRAMES.size()));
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
