package org.docs4j.engine.session;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.actor.CheckedPieces;
import org.docs4j.engine.actor.TakenPieces;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.MessageHead;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the replica: a few batches are checked and stored at once, in order, and reading waits while
 * they are.
 */
final class Intake implements MessageSink {
  /** How many batches are under way at most. */
  static final int MAX_UNDER_WAY = 4;

  private final SessionContext context;
  private final NamespaceId namespace;
  private final EndpointId peer;
  private final PeerMemory.Lease memory;
  private final Head head;
  private final SessionProgress progress;
  private final Executor compute;
  private @Nullable Exchange exchange;
  private CompletableFuture<TakenPieces> tail = CompletableFuture.completedFuture(TakenPieces.NONE);
  private int underWay;
  private long kept;
  private @Nullable CompletableFuture<Void> room;
  private List<Piece> last = List.of();
  private long offered;
  private long decided;
  private long stored;
  private long rejected;

  /** Decides what kind of message is due. */
  @FunctionalInterface
  interface Head {
    /**
     * Looks at the beginning of a message.
     *
     * @throws org.docs4j.api.MalformedMessageException if such a message is not due
     */
    void check(MessageHead head);
  }

  Intake(
      SessionContext context,
      NamespaceId namespace,
      EndpointId peer,
      PeerMemory.Lease memory,
      SessionProgress progress,
      Head head) {
    this.progress = progress;
    this.memory = memory;
    this.context = context;
    this.namespace = namespace;
    this.peer = peer;
    this.head = head;
    this.compute = context.environment().executor().compute();
    this.exchange = context.sync().beginExchange(namespace);
  }

  @Override
  public void begin(MessageHead beginning) {
    head.check(beginning);
  }

  @Override
  public synchronized void waiting(long held) {
    memory.setUnread(held);
    progress.during(stored, decided - rejected, () -> context.sync().size(namespace));
  }

  @Override
  public CompletionStage<Void> take(List<Piece> pieces) {
    account(pieces);
    CompletableFuture<TakenPieces> taken = store(pieces, false);
    synchronized (this) {
      if (taken.isCompletedExceptionally()) {
        return taken.thenAccept(done -> {});
      }
      if (underWay < MAX_UNDER_WAY) {
        return CompletableFuture.completedStage(null);
      }
      CompletableFuture<Void> waiting = new CompletableFuture<>();
      room = waiting;
      return waiting;
    }
  }

  @Override
  public void takeLast(List<Piece> pieces) {
    memory.setUnread(0);
    account(pieces);
    last = pieces;
  }

  private void account(List<Piece> pieces) {
    long bytes = PeerMemory.kept(pieces);
    if (bytes > 0 && kept < Exchange.MAX_KEPT_BYTES) {
      memory.add(bytes);
      kept += bytes;
    }
  }

  private synchronized CompletableFuture<TakenPieces> store(List<Piece> pieces, boolean last) {
    Exchange message = Objects.requireNonNull(exchange, "the message was answered");
    CompletableFuture<CheckedPieces> check =
        SignatureCheck.check(pieces, entries -> context.sync().held(namespace, entries), compute);
    // Nothing is under way if the executor has refused it, which throws above.
    underWay++;
    long values = pieces.stream().mapToLong(Piece::valueCount).sum();
    offered += values;
    long came = values + pieces.stream().mapToLong(Piece::tooLongCount).sum();
    // Whoever waits for the batch finds it counted.
    CompletableFuture<TakenPieces> taken =
        tail.thenCombine(check, (before, checked) -> checked)
            .thenCompose(checked -> context.sync().takePieces(namespace, message, checked, peer, last))
            .whenComplete((result, failure) -> taken(came, result, failure));
    tail = taken;
    return taken;
  }

  private void taken(long came, @Nullable TakenPieces result, @Nullable Throwable failure) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      underWay--;
      if (result != null) {
        decided += came;
        stored += result.stored();
        rejected += result.rejected();
      }
      waiting = room;
      room = null;
    }
    if (waiting == null) {
      return;
    }
    if (failure != null) {
      waiting.completeExceptionally(failure);
    } else {
      waiting.complete(null);
    }
  }

  /** Ends the message and answers it: its last pieces are stored and the whole is answered in one go. */
  CompletableFuture<RangeMessage> finish() {
    return store(last, true)
        .thenApply(
            taken -> {
              forget();
              return taken.reply();
            });
  }

  /** Lets go of the message, which is answered: only its numbers are wanted from now on. */
  private synchronized void forget() {
    exchange = null;
    last = List.of();
    tail = CompletableFuture.completedFuture(TakenPieces.NONE);
  }

  /** The same of a message that came elsewhere, with all its pieces. */
  CompletableFuture<RangeMessage> finish(List<Piece> all) {
    last = all;
    return finish();
  }

  /** Completes, never fails, once nothing is under way any more. */
  synchronized CompletableFuture<Void> settled() {
    return tail.handle((done, failure) -> null);
  }

  /** How many entries the message has, as far as it has come. */
  synchronized long offered() {
    return offered;
  }

  /** How many entries were new and stored since the last call. */
  synchronized long takeStored() {
    long taken = stored;
    stored = 0;
    return taken;
  }

  /** How many entries were not valid since the last call. */
  synchronized long takeRejected() {
    long taken = rejected;
    rejected = 0;
    return taken;
  }
}
