package org.docs4j.api.spi.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The sending half of a stream. One writer at a time; writes arrive in their order (transport230). */
public interface SendStream {
  /**
   * Writes the remaining bytes of a buffer, possibly none. The buffer belongs to the stream until the stage completes,
   * which is when the transport can take more: whoever waits for it has back-pressure (transport231). It does not mean
   * that the peer has the bytes.
   *
   * <p>Fails with {@link org.docs4j.api.StreamResetException} when the peer stopped the stream, with the code -1 where
   * the transport does not tell it, and with another {@link org.docs4j.api.TransportException} after {@link #finish}
   * and {@link #reset} (transport234).
   */
  CompletionStage<Void> write(ByteBuffer data);

  /** Ends the stream after all bytes written; completes once the end is on its way (transport232). Idempotent. */
  CompletionStage<Void> finish();

  /**
   * Gives the stream up: the peer sees a reset with the code, unsent bytes are dropped and their writes fail
   * (transport233). Idempotent.
   */
  void reset(long code);
}
