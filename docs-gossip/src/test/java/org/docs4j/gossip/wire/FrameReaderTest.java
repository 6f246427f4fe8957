package org.docs4j.gossip.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.docs4j.api.model.Bytes;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int MAX = 4096;

  private static ByteBuffer frame(int announced, byte[] body) {
    return ByteBuffer.allocate(4 + body.length).putInt(announced).put(body).flip();
  }

  private static byte[] body(int length) {
    byte[] body = new byte[length];
    for (int i = 0; i < length; i++) {
      body[i] = (byte) (i + length);
    }
    return body;
  }

  /** All frames of the bytes, given to the reader in pieces of random size. */
  private static List<Bytes> frames(FrameReader reader, ByteBuffer data, SplittableRandom random) {
    List<Bytes> frames = new ArrayList<>();
    while (data.hasRemaining()) {
      int size = Math.min(data.remaining(), random.nextInt(1, 2000));
      ByteBuffer piece = data.slice(data.position(), size);
      data.position(data.position() + size);
      for (Optional<byte[]> frame = reader.next(piece); frame.isPresent(); frame = reader.next(piece)) {
        frames.add(Bytes.of(frame.get()));
      }
      assertFalse(piece.hasRemaining());
    }
    return frames;
  }

  @Test
  void next_framesInPieces_returnsThemWhole() {
    SplittableRandom random = new SplittableRandom(3);
    ByteBuffer data = ByteBuffer.allocate(1 << 20);
    List<Bytes> expected = new ArrayList<>();
    for (int length : new int[] {0, 1, 32, 4095, MAX, 0, 7}) {
      data.put(frame(length, body(length)));
      expected.add(Bytes.of(body(length)));
    }
    for (int round = 0; round < 50; round++) {
      FrameReader reader = new FrameReader(MAX);
      assertEquals(expected, frames(reader, data.duplicate().flip(), random));
      assertTrue(reader.atBoundary());
    }
  }

  @Test
  void next_frameOverTheLimit_isPassedOver() {
    FrameReader reader = new FrameReader(MAX);
    ByteBuffer data = ByteBuffer.allocate(1 << 20);
    data.put(frame(3, body(3))).put(frame(100_000, body(100_000))).put(frame(MAX + 1, body(MAX + 1)));
    data.put(frame(5, body(5))).flip();
    assertEquals(List.of(Bytes.of(body(3)), Bytes.of(body(5))), frames(reader, data, new SplittableRandom(4)));
    assertEquals(2, reader.oversized());
  }

  @Test
  void next_lengthOfFourGigabytes_waitsWithoutAllocating() {
    FrameReader reader = new FrameReader(MAX);
    assertEquals(Optional.empty(), reader.next(frame(-1, body(1000))));
    assertEquals(Optional.empty(), reader.next(ByteBuffer.allocate(1 << 20)));
    assertFalse(reader.atBoundary());
    assertEquals(0, reader.oversized());
  }
}
