package org.docs4j.tck.transport;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.jspecify.annotations.Nullable;

/** A connection with flaws. */
final class FlawedConnection implements Connection {
  private final Connection inner;
  private final Set<TransportFlaw> flaws;
  private int opened;
  private Optional<CompletionStage<ReceiveStream>> heldBack = Optional.empty();
  private Optional<CompletionStage<List<BidiStream>>> swapped = Optional.empty();
  private final ArrayDeque<BidiStream> acceptedAhead = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<BidiStream>> takers = new ArrayDeque<>();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int open;
  private Optional<CloseInfo> lastClose = Optional.empty();

  FlawedConnection(Connection inner, Set<TransportFlaw> flaws) {
    this.inner = inner;
    this.flaws = flaws;
    if (has(TransportFlaw.ACCEPTS_AHEAD) && !inner.dialled()) {
      acceptAhead();
    }
  }

  private void acceptAhead() {
    inner
        .acceptBidi()
        .thenAccept(
            stream -> {
              acceptedAhead.add(new BidiStream(stream.send(), new AheadReceive(stream.receive())));
              serve();
              acceptAhead();
            });
  }

  private void serve() {
    while (!takers.isEmpty() && !acceptedAhead.isEmpty()) {
      BidiStream stream = acceptedAhead.remove();
      takers.remove().complete(new BidiStream(stream.send(), ((AheadReceive) stream.receive()).accepted()));
    }
  }

  private CompletionStage<BidiStream> takeFromAhead() {
    CompletableFuture<BidiStream> mine = new CompletableFuture<>();
    takers.add(mine);
    serve();
    inner.closed().thenAccept(end -> mine.completeExceptionally(new ConnectionClosedException(end.code(), "closed")));
    return mine;
  }

  private boolean has(TransportFlaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public EndpointId remoteId() {
    return inner.remoteId();
  }

  @Override
  public Alpn alpn() {
    return inner.alpn();
  }

  @Override
  public boolean dialled() {
    return has(TransportFlaw.ALWAYS_DIALLED) || inner.dialled();
  }

  @Override
  public CompletionStage<BidiStream> openBidi() {
    opened++;
    if (has(TransportFlaw.MIXES_STREAMS) && opened == 50) {
      swapped = Optional.of(inner.openBidi().thenCombine(inner.openBidi(), List::of));
    }
    if (swapped.isPresent() && opened <= 51) {
      int own = opened - 50;
      return swapped.get().thenApply(two -> new BidiStream(two.get(own).send(), two.get(1 - own).receive()));
    }
    if (has(TransportFlaw.FORGETS_THOSE_WHO_OPEN) && opened > 100) {
      CompletableFuture<BidiStream> mine = new CompletableFuture<>();
      inner.openBidi().thenAccept(mine::complete);
      return mine;
    }
    return inner.openBidi().thenApply(this::flawed);
  }

  @Override
  public CompletionStage<SendStream> openUni() {
    if (has(TransportFlaw.REFUSES_MANY_STREAMS) && opened++ >= 100) {
      return CompletableFuture.failedFuture(new TransportException("too many streams"));
    }
    if (has(TransportFlaw.OPENS_NINE_HUNDRED)) {
      CompletableFuture<SendStream> mine = new CompletableFuture<>();
      waiting.add(() -> inner.openUni().whenComplete((stream, failure) -> opened(mine, stream, failure)));
      admit();
      return mine;
    }
    return inner.openUni().thenApply(stream -> new FlawedSend(stream, () -> {}, flaws));
  }

  private void opened(CompletableFuture<SendStream> mine, SendStream stream, @Nullable Throwable failure) {
    if (failure == null) {
      mine.complete(new FlawedSend(stream, this::ended, flaws));
    } else {
      mine.completeExceptionally(failure);
    }
  }

  private void ended() {
    open--;
    admit();
  }

  private void admit() {
    while (open < 900 && !waiting.isEmpty()) {
      open++;
      waiting.remove().run();
    }
  }

  private BidiStream flawed(BidiStream stream) {
    Runnable end = has(TransportFlaw.FINISHES_BOTH_WAYS) ? () -> stream.receive().stop(0) : () -> {};
    SendStream send = new FlawedSend(stream.send(), end, flaws);
    return new BidiStream(send, new FlawedReceive(stream.receive(), flaws));
  }

  @Override
  public CompletionStage<BidiStream> acceptBidi() {
    if (has(TransportFlaw.ACCEPTS_AHEAD) && !inner.dialled() && !inner.closed().toCompletableFuture().isDone()) {
      return takeFromAhead();
    }
    if (has(TransportFlaw.ACCEPTS_THE_LATER_BIDI_FIRST) && !inner.closed().toCompletableFuture().isDone()) {
      return takeTheLater();
    }
    CompletableFuture<BidiStream> mine = new CompletableFuture<>();
    inner
        .acceptBidi()
        .whenComplete(
            (stream, failure) -> {
              if (failure == null) {
                mine.complete(flawed(stream));
              } else if (has(TransportFlaw.LOSES_CLOSE_CODES)) {
                mine.completeExceptionally(new ConnectionClosedException(-1, "closed"));
              } else if (!has(TransportFlaw.FORGETS_PENDING_ACCEPTS)) {
                mine.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
              }
            });
    return mine;
  }

  /** Where several wait, the second is served before the first. */
  private CompletionStage<BidiStream> takeTheLater() {
    CompletableFuture<BidiStream> mine = new CompletableFuture<>();
    takers.add(mine);
    inner
        .acceptBidi()
        .whenComplete(
            (stream, failure) -> {
              CompletableFuture<BidiStream> first = takers.remove();
              CompletableFuture<BidiStream> next = takers.isEmpty() ? first : takers.remove();
              if (next != first) {
                takers.addFirst(first);
              }
              if (failure == null) {
                next.complete(stream);
              } else {
                next.completeExceptionally(failure);
              }
            });
    return mine;
  }

  @Override
  public CompletionStage<ReceiveStream> acceptUni() {
    if (!has(TransportFlaw.ACCEPTS_THE_LATER_FIRST)) {
      return inner.acceptUni().thenApply(stream -> new FlawedReceive(stream, flaws));
    }
    if (heldBack.isPresent()) {
      CompletionStage<ReceiveStream> earlier = heldBack.get();
      heldBack = Optional.empty();
      return earlier;
    }
    heldBack = Optional.of(inner.acceptUni());
    return inner.acceptUni();
  }

  @Override
  public void close(long code, String reason) {
    if (inner.closed().toCompletableFuture().isDone()) {
      lastClose = Optional.of(new CloseInfo(CloseInfo.Kind.LOCAL, code, reason));
    }
    inner.close(code, has(TransportFlaw.LOSES_REASONS) ? "" : reason);
  }

  @Override
  public CompletionStage<CloseInfo> closed() {
    if (has(TransportFlaw.TAKES_THE_LAST_CLOSE) && lastClose.isPresent()) {
      return CompletableFuture.completedFuture(lastClose.get());
    }
    CompletableFuture<CloseInfo> mine = new CompletableFuture<>();
    inner
        .closed()
        .thenAccept(
            info -> {
              boolean silent = info.kind() == CloseInfo.Kind.TIMED_OUT;
              if (!silent || !has(TransportFlaw.WAITS_FOR_EVER)) {
                mine.complete(
                    silent && has(TransportFlaw.TAKES_SILENCE_FOR_A_GOODBYE)
                        ? new CloseInfo(CloseInfo.Kind.PEER, 0, "")
                        : new CloseInfo(kind(info.kind()), info.code(), info.reason()));
              }
            });
    return mine;
  }

  private CloseInfo.Kind kind(CloseInfo.Kind kind) {
    if (has(TransportFlaw.BLAMES_ITSELF)) {
      return CloseInfo.Kind.LOCAL;
    }
    return kind == CloseInfo.Kind.LOCAL && has(TransportFlaw.BLAMES_ITS_PEER) ? CloseInfo.Kind.PEER : kind;
  }
}
