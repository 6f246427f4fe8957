package org.docs4j.engine.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;

/** The stream of one session, and what becomes of its connection when the session is over. Safe to use from any thread. */
sealed interface SessionStream permits SessionStream.Alone, SharedConnection.Place {
  /** Who is at its other end. */
  EndpointId peer();

  /** The stream. */
  BidiStream stream();

  /** The session has ended as it should: both sides have ended the stream. Idempotent; the first of both calls counts. */
  void leave();

  /** The session has failed: the peer is to see that nothing more comes. Idempotent. */
  void abandon();

  /** Something has come from the peer. */
  default void heard() {}

  /** A session about a document that was begun here has ended well. */
  default void synced(NamespaceId namespace) {}

  /** Completes once the peer shows that it knows of the end, if it ever does so beyond ending the stream. */
  CompletionStage<?> peerLeft();

  /** A connection that carries this session only (WIRE 4.1), and is closed when it is over (WIRE 4.7). */
  record Alone(Connection connection, BidiStream stream) implements SessionStream {
    @Override
    public EndpointId peer() {
      return connection.remoteId();
    }

    @Override
    public void leave() {
      connection.close(0, "");
    }

    @Override
    public void abandon() {
      connection.close(0, "");
    }

    @Override
    public CompletionStage<?> peerLeft() {
      return connection.closed();
    }
  }

  /** Where there is nothing to wait for. */
  CompletionStage<?> GONE = CompletableFuture.completedStage(true);
}
