package org.docs4j.blobs.net;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.BlobException;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.blobs.proto.AttemptResult;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.blobs.proto.FetchQueue;
import org.docs4j.blobs.proto.FetchQueue.Attempt;
import org.docs4j.blobs.proto.FetchQueue.Verdict;
import org.docs4j.blobs.store.VerifiedStore;

/**
 * Fetches blobs into a store and serves those of the store. Drives a {@link FetchQueue} on a serial executor, keeps one
 * connection for each provider while there is work and a little longer, and runs each attempt on I/O threads.
 */
public final class BlobDownloader implements Downloader {
  private final VerifiedStore store;
  private final Endpoint endpoint;
  private final Environment environment;
  private final SerialExecutor serial;
  private final StallWatch stalls;
  private final BlobServer server;

  // All of these belong to the serial executor.
  private final FetchQueue queue;
  private final Map<Hash, Fetching> fetches = new HashMap<>();
  private final Map<EndpointId, PeerLink> links = new HashMap<>();
  private final Set<FetchStream> streams = new HashSet<>();

  private volatile boolean closed;

  private BlobDownloader(VerifiedStore store, Endpoint endpoint, Environment environment) {
    this.store = store;
    this.endpoint = endpoint;
    this.environment = environment;
    this.serial = environment.executor().serial("docs-blobs");
    this.stalls = new StallWatch(environment, store.options().stallTimeout());
    this.server = new BlobServer(store, environment, stalls);
    this.queue = new FetchQueue(store.options().maxFetches(), store.options().maxFetchesPerPeer());
  }

  /**
   * Begins to serve, and returns what fetches.
   *
   * @throws BlobException if the store is not one of this module
   * @throws IllegalArgumentException if somebody serves blobs on this endpoint already
   */
  public static BlobDownloader attach(BlobStore store, Endpoint endpoint, Environment environment) {
    if (!(store instanceof VerifiedStore verified)) {
      throw new BlobException("the blob store was opened by another provider");
    }
    BlobDownloader downloader = new BlobDownloader(verified, endpoint, environment);
    boolean attached = false;
    try {
      endpoint.accept(Codes.ALPN, downloader.server);
      attached = true;
      return downloader;
    } finally {
      if (!attached) {
        downloader.serial.close();
      }
    }
  }

  @Override
  public CompletionStage<BlobInfo> download(Hash hash, List<EndpointId> providers, ProgressListener progress) {
    CompletableFuture<BlobInfo> future = new CompletableFuture<>();
    Fetching.Waiter waiter = new Fetching.Waiter(future, progress);
    List<EndpointId> others = providers.stream().filter(id -> !id.equals(endpoint.id())).distinct().toList();
    if (closed) {
      future.completeExceptionally(closedFailure());
    } else {
      serial.execute(() -> request(hash, others, waiter));
    }
    return future;
  }

  private void request(Hash hash, List<EndpointId> providers, Fetching.Waiter waiter) {
    if (closed) {
      waiter.future().completeExceptionally(closedFailure());
      return;
    }
    Optional<Fetching> running = Optional.ofNullable(fetches.get(hash));
    // Only a look into memory, and at most one at the state of a file.
    if (running.isEmpty() && store.status(hash) instanceof BlobStatus.Complete complete) {
      BlobInfo info = new BlobInfo(hash, complete.size());
      environment.executor().io().execute(() -> waiter.future().complete(info));
      return;
    }
    fetches.computeIfAbsent(hash, unused -> new Fetching()).add(waiter);
    conclude(queue.request(hash, providers).stream().toList());
    pump();
  }

  private void pump() {
    Optional<Attempt> next = queue.next();
    while (next.isPresent()) {
      start(next.get());
      next = queue.next();
    }
  }

  private void start(Attempt attempt) {
    PeerLink link = links.computeIfAbsent(attempt.provider(), PeerLink::new);
    link.stopIdleTimer();
    link.active++;
    if (link.connection.isPresent()) {
      run(attempt, link.connection.get(), true);
      return;
    }
    link.waitingForConnection.add(attempt);
    if (!link.connecting) {
      link.connecting = true;
      endpoint
          .connect(EndpointAddr.of(link.id), Codes.ALPN)
          .whenComplete(
              (connection, failure) ->
                  serial.execute(
                      () -> {
                        if (failure == null) {
                          connected(link, connection);
                        } else {
                          unreachable(link, StageLoop.docsException(failure));
                        }
                      }));
    }
  }

  private void connected(PeerLink link, Connection connection) {
    link.connecting = false;
    if (closed) {
      connection.close(Codes.DROPPED, "drop");
      return;
    }
    link.connection = Optional.of(connection);
    connection.closed().whenComplete((info, failure) -> serial.execute(() -> gone(link, connection)));
    List<Attempt> waiting = List.copyOf(link.waitingForConnection);
    link.waitingForConnection.clear();
    waiting.forEach(attempt -> run(attempt, connection, false));
  }

  private void unreachable(PeerLink link, DocsException why) {
    link.connecting = false;
    List<Attempt> waiting = List.copyOf(link.waitingForConnection);
    link.waitingForConnection.clear();
    // Those that wait longest go on to others first.
    waiting.forEach(attempt -> settle(link, attempt, new AttemptResult.Lost(why)));
    conclude(queue.unreachable(link.id, why));
    rest(link);
    pump();
  }

  private void gone(PeerLink link, Connection connection) {
    drop(link, connection);
    rest(link);
  }

  private void run(Attempt attempt, Connection connection, boolean kept) {
    Fetching fetching = fetches.get(attempt.hash());
    FetchStream[] self = new FetchStream[1];
    FetchStream stream =
        new FetchStream(
            store,
            attempt.hash(),
            connection,
            kept,
            environment,
            fetching,
            result -> serial.execute(() -> finished(self[0], attempt, result)));
    self[0] = stream;
    streams.add(stream);
    stalls.add(stream);
    environment.executor().io().execute(stream::run);
  }

  private void finished(FetchStream stream, Attempt attempt, AttemptResult result) {
    streams.remove(stream);
    stalls.remove(stream);
    PeerLink link = links.get(attempt.provider());
    if (result instanceof AttemptResult.Stale) {
      drop(link, stream.connection());
    }
    settle(link, attempt, result);
    rest(link);
    pump();
  }

  private static void drop(PeerLink link, Connection connection) {
    if (link.connection.equals(Optional.of(connection))) {
      link.connection = Optional.empty();
      link.stopIdleTimer();
    }
  }

  private void settle(PeerLink link, Attempt attempt, AttemptResult result) {
    link.active--;
    conclude(queue.finished(attempt, result).stream().toList());
  }

  /** Lets a link that has nothing to do end: its connection after a while, a link without connection at once. */
  private void rest(PeerLink link) {
    if (link.active > 0 || link.connecting || queue.needs(link.id)) {
      return;
    }
    if (link.connection.isEmpty()) {
      links.remove(link.id, link);
    } else if (link.idleTimer.isEmpty()) {
      link.idleTimer =
          Optional.of(environment.executor().schedule(store.options().idleClose(), serial, () -> closeIdle(link)));
    }
  }

  private void closeIdle(PeerLink link) {
    if (link.active == 0 && link.idleTimer.isPresent()) {
      link.connection.ifPresent(connection -> connection.close(Codes.DROPPED, "idle"));
      link.connection = Optional.empty();
      links.remove(link.id, link);
    }
  }

  /** Tells those who wait; on one I/O thread, because what they do then must not hold up other fetches. */
  private void conclude(List<Verdict> verdicts) {
    Map<Verdict, Fetching> ended = new LinkedHashMap<>();
    verdicts.forEach(verdict -> ended.put(verdict, fetches.remove(verdict.hash())));
    if (!ended.isEmpty()) {
      environment.executor().io().execute(() -> ended.forEach(BlobDownloader::tell));
    }
  }

  private static void tell(Verdict verdict, Fetching fetching) {
    if (verdict instanceof Verdict.Success success) {
      fetching.succeed(success.info());
    } else if (verdict instanceof Verdict.Failure failure) {
      fetching.fail(failure.why());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    Map<Hash, Fetching> unfinished = new HashMap<>();
    serial.execute(() -> unfinished.putAll(shutDown()));
    serial.close();
    unfinished.values().forEach(fetching -> fetching.fail(closedFailure()));
  }

  private Map<Hash, Fetching> shutDown() {
    List.copyOf(streams).forEach(FetchStream::end);
    links.values().forEach(link -> {
      link.stopIdleTimer();
      link.connection.ifPresent(connection -> connection.close(Codes.DROPPED, "drop"));
    });
    return Map.copyOf(fetches);
  }

  private static BlobException closedFailure() {
    return new BlobException("the downloader was closed");
  }
}
