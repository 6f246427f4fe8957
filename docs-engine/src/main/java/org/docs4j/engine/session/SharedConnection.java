package org.docs4j.engine.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection for sessions that follow each other or run side by side, each on a stream that the dialling side opens; it
 * is closed when there has been none for a while. Safe to use from any thread.
 */
final class SharedConnection {
  private final Connection connection;
  private final Environment environment;
  private final Duration idle;
  private final Map<NamespaceId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
  private final Set<NamespaceId> synced = ConcurrentHashMap.newKeySet();
  private int places; // guarded by this
  private boolean closed; // guarded by this
  private @Nullable Cancellable timer; // guarded by this

  /**
   * Looks after a connection.
   *
   * @param idle after which time without a session it is closed
   */
  SharedConnection(Connection connection, Environment environment, Duration idle) {
    this.connection = connection;
    this.environment = environment;
    this.idle = idle;
    synchronized (this) {
      startWaiting();
    }
    connection.closed().thenAccept(info -> ended());
  }

  Connection connection() {
    return connection;
  }

  /** Opens a stream for a session; fails with {@link ConnectionClosedException} if the connection has ended. */
  CompletableFuture<SessionStream> open(Duration patience, boolean reused) {
    if (!enter()) {
      return CompletableFuture.failedFuture(new ConnectionClosedException(0, "it was closed, having been idle"));
    }
    CompletionStage<BidiStream> opened =
        CompletableFuture.completedStage(connection).thenCompose(Connection::openBidi);
    return TimeLimit.of(opened, patience, environment)
        .<SessionStream>thenApply(stream -> new Place(this, stream, reused))
        .whenComplete(
            (place, failure) -> {
              if (failure != null) {
                opened.thenAccept(SharedConnection::giveBack); // which may come too late
                exit();
              }
            });
  }

  private static void giveBack(BidiStream stream) {
    stream.send().reset(0);
    stream.receive().stop(0);
  }

  /** Takes a stream that the peer has opened, unless the connection is being closed. */
  Optional<Place> took(BidiStream stream) {
    return enter() ? Optional.of(new Place(this, stream, false)) : Optional.empty();
  }

  /**
   * Notes a session about a document, and returns the one before it, if that has not ended: the peer may know of its end
   * already and begin the next, when this side has it still to see.
   *
   * @param session completes when the session has ended
   */
  Optional<CompletableFuture<Void>> follow(NamespaceId namespace, CompletableFuture<Void> session) {
    Optional<CompletableFuture<Void>> before = Optional.ofNullable(last.put(namespace, session));
    CompletionStage<Void> end = session;
    end.whenComplete((done, failure) -> last.remove(namespace, session));
    return before;
  }

  /** Whether a session about a document that was begun here has ended well. */
  boolean hasSynced(NamespaceId namespace) {
    return synced.contains(namespace);
  }

  private synchronized boolean enter() {
    if (closed) {
      return false;
    }
    places++;
    stopWaiting();
    return true;
  }

  private synchronized void exit() {
    places--;
    if (places == 0 && !closed) {
      startWaiting();
    }
  }

  private void startWaiting() {
    timer = environment.executor().schedule(idle, environment.executor().compute(), this::closeIfIdle);
  }

  private void stopWaiting() {
    Cancellable running = timer;
    if (running != null) {
      running.cancel();
      timer = null;
    }
  }

  private void closeIfIdle() {
    synchronized (this) {
      if (places > 0 || closed) {
        return;
      }
      closed = true;
    }
    connection.close(0, "");
  }

  private synchronized void ended() {
    closed = true;
    stopWaiting();
  }

  /** The place of one session. */
  static final class Place implements SessionStream {
    private final SharedConnection shared;
    private final BidiStream stream;
    private final boolean reused;
    private boolean heard; // guarded by this
    private boolean over; // guarded by this

    private Place(SharedConnection shared, BidiStream stream, boolean reused) {
      this.shared = shared;
      this.stream = stream;
      this.reused = reused;
    }

    /**
     * Whether a session came to nothing since the connection, which was there before, has ended, so that the peer has
     * perhaps not heard of the session.
     */
    synchronized boolean wasGone(SessionResult result) {
      return reused && !heard && result.failure().filter(ConnectionClosedException.class::isInstance).isPresent();
    }

    SharedConnection connection() {
      return shared;
    }

    @Override
    public EndpointId peer() {
      return shared.connection.remoteId();
    }

    @Override
    public BidiStream stream() {
      return stream;
    }

    @Override
    public void leave() {
      if (first()) {
        stream.receive().stop(0); // which does nothing at the end of the stream
        shared.exit();
      }
    }

    @Override
    public synchronized void heard() {
      heard = true;
    }

    @Override
    public void synced(NamespaceId namespace) {
      shared.synced.add(namespace);
    }

    @Override
    public void abandon() {
      if (first()) {
        giveBack(stream);
        shared.exit();
      }
    }

    @Override
    public CompletionStage<?> peerLeft() {
      return GONE;
    }

    private synchronized boolean first() {
      boolean first = !over;
      over = true;
      return first;
    }
  }
}
