package org.docs4j.tck.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.SendStream;

/** The sending half of a stream with flaws. */
final class FlawedSend implements SendStream {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private static final int PILE = 950;

  /** How many single bytes are written before any pile up: the others are a whole number of piles. */
  private static final int MANY = 241;

  private static final int PIECE = 64 * 1024;
  private static final int FEW = 3;

  private final SendStream inner;
  private final Runnable atTheEnd;
  private final Set<TransportFlaw> flaws;
  private Optional<ByteBuffer> heldBack = Optional.empty();
  private final ArrayDeque<CompletableFuture<Void>> piled = new ArrayDeque<>();
  private int pieces;
  private int singles;
  private boolean written;
  private boolean ended;

  FlawedSend(SendStream inner, Runnable atTheEnd, Set<TransportFlaw> flaws) {
    this.inner = inner;
    this.atTheEnd = atTheEnd;
    this.flaws = flaws;
  }

  private boolean has(TransportFlaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    if (ended && has(TransportFlaw.WRITES_AFTER_THE_END)) {
      return DONE;
    }
    boolean first = !written;
    written = true;
    if (has(TransportFlaw.LOSES_ORDER) && !first) {
      return writeInPairs(data);
    }
    if (has(TransportFlaw.WRITES_WHOLE_BUFFERS) && data.capacity() < 10) {
      return inner.write(data.duplicate().clear());
    }
    pieces = data.remaining() == PIECE ? pieces + 1 : 0;
    boolean single = data.remaining() == 1;
    CompletionStage<Void> stage = inner.write(data);
    if (has(TransportFlaw.PILES_UP) && single && ++singles > MANY) {
      return pileUp();
    }
    if (has(TransportFlaw.FORGETS_WRITES_THAT_WAITED) && pieces > FEW && !stage.toCompletableFuture().isDone()) {
      return onlyFailure(stage);
    }
    if (has(TransportFlaw.TAKES_EVERYTHING)) {
      return DONE;
    }
    return has(TransportFlaw.FORGETS_PENDING_WRITES) ? onlySuccess(stage) : stage;
  }

  private CompletionStage<Void> pileUp() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    piled.add(mine);
    if (piled.size() == PILE) {
      completeAll();
    }
    return mine;
  }

  private void completeAll() {
    CompletableFuture<Void> next = piled.poll();
    if (next != null) {
      next.complete(null);
      completeAll();
    }
  }

  private CompletionStage<Void> writeInPairs(ByteBuffer data) {
    if (heldBack.isEmpty()) {
      heldBack = Optional.of(data);
      return DONE;
    }
    ByteBuffer earlier = heldBack.get();
    heldBack = Optional.empty();
    return inner.write(data).thenCombine(inner.write(earlier), (one, two) -> null);
  }

  private static CompletionStage<Void> onlySuccess(CompletionStage<Void> stage) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    stage.thenAccept(mine::complete);
    return mine;
  }

  private static CompletionStage<Void> onlyFailure(CompletionStage<Void> stage) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    stage.exceptionally(
        failure -> {
          mine.completeExceptionally(failure);
          return null;
        });
    return mine;
  }

  @Override
  public CompletionStage<Void> finish() {
    if (ended && has(TransportFlaw.FINISHES_ONCE)) {
      return CompletableFuture.failedFuture(new TransportException("it is finished"));
    }
    ended = true;
    if (has(TransportFlaw.HIDES_EMPTY_STREAMS) && !written) {
      return DONE;
    }
    atTheEnd.run();
    heldBack.ifPresent(inner::write);
    return inner.finish();
  }

  @Override
  public void reset(long code) {
    ended = true;
    if (has(TransportFlaw.RESETS_SOFTLY) || (has(TransportFlaw.CUTS_OFF_QUIETLY) && written)) {
      finish();
    } else {
      inner.reset(code);
    }
  }
}
