package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class RevocableFrameTest {
  private final ByteBuf bytes = Unpooled.directBuffer(4).writeInt(7).retain();
  private final RevocableFrame frame = new RevocableFrame(bytes, true);

  @Test
  void release_theLibraryHasTakenAll_letsGoOfTheBytes() {
    assertSame(bytes, frame.content());
    assertTrue(frame.hasFin());
    assertTrue(frame.release());
    assertEquals(1, bytes.refCnt());
    frame.revoke();
    assertEquals(1, bytes.refCnt());
  }

  @Test
  void revoke_theLibraryStillHasIt_leavesNoBytesAndNoEnd() {
    bytes.skipBytes(1);
    frame.revoke();
    assertFalse(frame.content().isReadable());
    assertFalse(frame.hasFin());
    assertEquals(1, bytes.refCnt());
    assertTrue(frame.release());
    assertEquals(1, bytes.refCnt());
  }

  @Test
  void create_bytesThatTheLibraryWouldCopy_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RevocableFrame(Unpooled.buffer(4), false));
  }
}
