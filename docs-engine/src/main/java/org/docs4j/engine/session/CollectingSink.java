package org.docs4j.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.wire.MessageHead;

/** Keeps the pieces of an initiator's first message, which is small, until it is known whether it may go on. */
final class CollectingSink implements MessageSink {
  private final List<Piece> pieces = new ArrayList<>();
  private final PeerMemory.Lease memory;

  CollectingSink(PeerMemory.Lease memory) {
    this.memory = memory;
  }

  @Override
  public void begin(MessageHead head) {
    if (!(head instanceof MessageHead.Init)) {
      throw new MalformedMessageException("a session has to begin with Init");
    }
  }

  /** It has a time of its own, from its first byte to its last. */
  @Override
  public void waiting(long held) {
    memory.setUnread(held);
  }

  @Override
  public CompletionStage<Void> take(List<Piece> more) {
    memory.add(PeerMemory.whole(more));
    pieces.addAll(more);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void takeLast(List<Piece> rest) {
    memory.setUnread(0);
    take(rest);
  }

  List<Piece> pieces() {
    return pieces;
  }
}
