package org.docs4j.api.spi.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The receiving half of a stream, read by pulling: what is not asked for stops the sender (transport240). */
public interface ReceiveStream {
  /**
   * The next bytes in order: at least one and at most {@code max}; empty at the end of the stream, and again at each
   * later call (transport241). The heap buffer belongs to the caller, its remaining bytes are the data.
   *
   * <p>Fails with {@link org.docs4j.api.StreamResetException} when the peer reset the stream, and with another
   * {@link org.docs4j.api.TransportException} after {@link #stop}. At most one read may be outstanding (transport243).
   *
   * @param max how many bytes are wanted at most, from 1
   * @throws IllegalStateException if the last read has not completed
   */
  CompletionStage<Optional<ByteBuffer>> read(int max);

  /** Tells the peer with a code that nothing more will be read (transport242). Idempotent. */
  void stop(long code);
}
