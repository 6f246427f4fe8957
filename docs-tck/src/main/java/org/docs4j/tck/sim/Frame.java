package org.docs4j.tck.sim;

import java.nio.ByteBuffer;

/** What travels in one direction of a simulated connection. Stream ids are those of RFC 9000, section 2.1. */
sealed interface Frame {
  /** The dialling side has finished the handshake: the accepting side takes the connection now. */
  record Opened() implements Frame {}

  /** Bytes of a stream; the buffer belongs to whoever receives it. */
  record Data(long stream, ByteBuffer bytes) implements Frame {}

  /** The end of a stream. */
  record Finished(long stream) implements Frame {}

  /** The sender gives a stream up. */
  record Reset(long stream, long code) implements Frame {}

  /** The reader gives a stream up. */
  record Stopped(long stream, long code) implements Frame {}

  /** So many more bytes may be sent on a stream. */
  record StreamCredit(long stream, int bytes) implements Frame {}

  /** So many more bytes may be sent on all streams together. */
  record ConnectionCredit(int bytes) implements Frame {}

  /** The reader has a stream to its end. */
  record Taken(long stream) implements Frame {}

  /** The connection ends. */
  record Closed(long code, String reason) implements Frame {}
}
