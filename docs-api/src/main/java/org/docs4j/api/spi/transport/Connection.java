package org.docs4j.api.spi.transport;

import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointId;

/**
 * An authenticated connection to one peer for one protocol. Safe to use from any thread.
 *
 * <p>When it ends, every pending stage of it and its streams fails with
 * {@link org.docs4j.api.ConnectionClosedException} (transport220).
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

  /** The next bidirectional stream that the peer opens, in the order of their opening (transport222). */
  CompletionStage<BidiStream> acceptBidi();

  /** The next one-way stream that the peer opens, in the order of their opening (transport222). */
  CompletionStage<ReceiveStream> acceptUni();

  /**
   * Ends the connection at once: unsent data is dropped, the peer is told code and reason (transport223). Idempotent,
   * the first call decides.
   *
   * @param code application code, 0 to 2^62 - 1 (RFC 9000, section 20.2)
   * @param reason a short text for the peer's log
   */
  void close(long code, String reason);

  /** Completes, never fails, once the connection has ended, with who ended it and how (transport224). */
  CompletionStage<CloseInfo> closed();
}
