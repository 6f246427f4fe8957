package org.docs4j.api.spi.transport;

import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointId;

/**
 * An authenticated connection to one peer for one protocol. Safe to use from any thread.
 *
 * <p>When it ends, every pending stage of it and its streams fails with
 * {@link org.docs4j.api.ConnectionClosedException} (transport220), and so does every later call. What had arrived
 * and was not read may be lost; a stream that was read to its end stays at its end. When nothing comes from the peer for
 * longer than the transport allows, it ends as {@link CloseInfo.Kind#TIMED_OUT} (transport226); as long as both sides are
 * there it is kept alive, however quiet they are.
 *
 * <p>Streams do not mix. Of each kind at least 64 may be open at once; those that the peer does not let open yet wait
 * until others have ended in all their directions (transport225). An endpoint lets its peers have a thousand one-way
 * streams open at once, unless it was told to take fewer (transport227).
 */
public interface Connection {
  /** Who the peer is, proved by the handshake. */
  EndpointId remoteId();

  /** The protocol that both agreed on. */
  Alpn alpn();

  /** Whether this side dialled. */
  boolean dialled();

  /** Opens a bidirectional stream; the peer learns of it with its first bytes or its end (transport221). */
  CompletionStage<BidiStream> openBidi();

  /** Opens a stream to the peer only (transport221). */
  CompletionStage<SendStream> openUni();

  /**
   * The next bidirectional stream that the peer opens, in the order of their opening if they are used in that order
   * (transport222). Several stages may be pending; they are served in turn.
   */
  CompletionStage<BidiStream> acceptBidi();

  /** The next one-way stream that the peer opens, as {@link #acceptBidi} (transport222). */
  CompletionStage<ReceiveStream> acceptUni();

  /**
   * Ends the connection at once: unsent data is dropped, the peer is told code and reason (transport223). Idempotent,
   * the first call decides.
   *
   * @param code application code, 0 to 2^62 - 1 (RFC 9000, section 20.2)
   * @param reason a short text for the peer's log
   * @throws IllegalArgumentException if the code is out of that range, or above what the transport can carry
   */
  void close(long code, String reason);

  /** Completes, never fails, once the connection has ended, with who ended it and how (transport224). */
  CompletionStage<CloseInfo> closed();
}
