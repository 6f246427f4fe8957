package org.docs4j.tck.transport;

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

/** A connection with flaws. */
final class FlawedConnection implements Connection {
  private final Connection inner;
  private final Set<TransportFlaw> flaws;
  private int opened;
  private Optional<CompletionStage<ReceiveStream>> heldBack = Optional.empty();
  private Optional<CompletionStage<List<BidiStream>>> swapped = Optional.empty();

  FlawedConnection(Connection inner, Set<TransportFlaw> flaws) {
    this.inner = inner;
    this.flaws = flaws;
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
    return inner.openBidi().thenApply(this::flawed);
  }

  @Override
  public CompletionStage<SendStream> openUni() {
    if (has(TransportFlaw.REFUSES_MANY_STREAMS) && opened++ >= 100) {
      return CompletableFuture.failedFuture(new TransportException("too many streams"));
    }
    return inner.openUni().thenApply(stream -> new FlawedSend(stream, () -> {}, flaws));
  }

  private BidiStream flawed(BidiStream stream) {
    SendStream send = new FlawedSend(stream.send(), () -> stream.receive().stop(0), flaws);
    return new BidiStream(send, new FlawedReceive(stream.receive(), flaws));
  }

  @Override
  public CompletionStage<BidiStream> acceptBidi() {
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
    inner.close(code, has(TransportFlaw.LOSES_REASONS) ? "" : reason);
  }

  @Override
  public CompletionStage<CloseInfo> closed() {
    if (has(TransportFlaw.TAKES_SILENCE_FOR_A_GOODBYE)) {
      return inner.closed().thenApply(info -> new CloseInfo(CloseInfo.Kind.PEER, 0, ""));
    }
    if (has(TransportFlaw.WAITS_FOR_EVER)) {
      return new CompletableFuture<>();
    }
    if (!has(TransportFlaw.BLAMES_ITSELF)) {
      return inner.closed();
    }
    return inner.closed().thenApply(info -> new CloseInfo(CloseInfo.Kind.LOCAL, info.code(), info.reason()));
  }
}
