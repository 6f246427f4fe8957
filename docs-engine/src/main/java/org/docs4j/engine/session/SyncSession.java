package org.docs4j.engine.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.docs4j.api.AbortReason;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.SyncAbortedException;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.MessageHead;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * One session about one document with one peer: messages in turn until one side has nothing more to say, then the
 * closing sequence of WIRE 4.7, after which real nodes report success as well.
 *
 * <p>Never fails: how it went is its result. One step at a time, most of them on the environment's
 * executor for computing, the last ones on the transport's thread.
 */
final class SyncSession {
  private static final System.Logger LOG = System.getLogger(SyncSession.class.getName());

  private static final Duration LINGER = Duration.ofSeconds(5);

  private final SessionContext context;
  private final SessionStream stream;
  private final FrameStream frames;
  private final NamespaceId namespace;
  private final boolean initiator;
  private final PeerMemory.Lease memory;
  private final Executor compute;
  private final SessionProgress progress;
  private long sent;
  private long received;
  private long rejected;
  private volatile boolean cutShort;

  SyncSession(
      SessionContext context,
      SessionStream stream,
      FrameStream frames,
      NamespaceId namespace,
      boolean initiator,
      PeerMemory.Lease memory) {
    this.memory = memory;
    this.context = context;
    this.stream = stream;
    this.frames = frames;
    this.namespace = namespace;
    this.initiator = initiator;
    this.progress = new SessionProgress(context.environment().ticker());
    this.compute = context.environment().executor().compute();
  }

  static FrameStream frames(SessionContext context, BidiStream stream) {
    return new FrameStream(stream, context.environment(), context.patience());
  }

  /** Begins as the side that dialled, with the first message; the document stays open until the end. */
  CompletableFuture<SessionResult> initiate(RangeMessage first) {
    return result(
        frames.send(new SyncMessage.Init(namespace, first)).thenComposeAsync(done -> takeTurns(next()), compute));
  }

  /** Goes on as the side that was dialled, with the message of the peer's Init. */
  CompletableFuture<SessionResult> respond(List<Piece> first) {
    Intake intake = intake();
    CompletionStage<ReplicaHandle> opened = context.sync().open(namespace, OpenOptions.DEFAULT);
    // The actor works in order, so the answer does not have to wait until it is known that the document is open.
    CompletableFuture<Void> run = takeTurns(counted(intake, answer(intake, intake.finish(first))));
    return result(run).whenComplete((done, failure) -> opened.thenAccept(context.sync()::close));
  }

  /** Declines the peer's Init. */
  CompletableFuture<Void> decline(AbortReason reason) {
    return leaveLast(frames.send(new SyncMessage.Abort(reason))).whenComplete((done, failure) -> end(failure));
  }

  private CompletableFuture<SessionResult> result(CompletableFuture<Void> run) {
    return run.handle(
        (done, failure) -> {
          if (failure != null) {
            LOG.log(
                System.Logger.Level.INFO,
                "the session about {0} with {1} failed: {2}",
                namespace.shortText(),
                stream.peer().shortText(),
                Failures.of(failure).getMessage());
            stream.abandon();
          }
          return new SessionResult(
              Optional.ofNullable(failure).map(Failures::of), sent, received, rejected);
        });
  }

  private Intake intake() {
    return new Intake(context, namespace, stream.peer(), memory, progress, this::expect);
  }

  private void expect(MessageHead head) {
    stream.heard();
    if (head instanceof MessageHead.Init || (head instanceof MessageHead.Abort && !initiator)) {
      throw new MalformedMessageException("a message that is not due in a session");
    }
  }

  /**
   * One turn after the other, until one says that it was the last. Not each within the one before, which would keep all
   * that was ever exchanged until the end.
   */
  private CompletableFuture<Void> takeTurns(CompletableFuture<Boolean> first) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    proceed(first, end);
    return end;
  }

  private void proceed(CompletableFuture<Boolean> turn, CompletableFuture<Void> end) {
    CompletionStage<Boolean> taken = turn;
    taken.whenComplete(
        (goesOn, failure) -> {
          if (failure != null) {
            end.completeExceptionally(failure);
          } else if (goesOn) {
            proceed(CompletableFuture.completedFuture(true).thenComposeAsync(done -> next(), compute), end);
          } else {
            end.complete(null);
          }
        });
  }

  /** Takes a message and answers it; tells whether another one is due. */
  private CompletableFuture<Boolean> next() {
    Intake intake = intake();
    return counted(
        intake,
        frames
            .receive(SyncMessageCodec.MAX_FRAME_BYTES, intake)
            .thenCompose(head -> take(head, intake)));
  }

  private CompletableFuture<Boolean> take(Optional<MessageHead> head, Intake intake) {
    if (head.isEmpty()) {
      // The peer has nothing more to say and has ended its side.
      return leaving(frames.finish()).thenCompose(done -> linger()).thenApply(done -> false);
    }
    if (head.get() instanceof MessageHead.Abort abort) {
      return closeFirst()
          .handle((done, failure) -> abort.reason())
          .thenCompose(reason -> CompletableFuture.failedFuture(new SyncAbortedException(reason)));
    }
    return ((MessageHead.Sync) head.get()).parts() == 0
        ? closeFirst().thenApply(done -> false)
        : answer(intake, intake.finish());
  }

  private CompletableFuture<Boolean> answer(Intake intake, CompletableFuture<RangeMessage> processed) {
    return processed.thenComposeAsync(
        reply -> {
          CompletableFuture<Void> noted =
              progress.note(count(intake), intake.offered() + reply.valueCount(), () -> context.sync().size(namespace));
          return noted.isDone()
              ? noted.thenCompose(done -> reply(reply))
              : noted.thenComposeAsync(done -> reply(reply), compute);
        },
        compute);
  }

  /** Counts what came since the last call; returns how much of it was stored. */
  private long count(Intake intake) {
    long stored = intake.takeStored();
    received += stored;
    rejected += intake.takeRejected();
    return stored;
  }

  /** The same stage; if it fails, only once what had arrived before is stored and counted. */
  private CompletableFuture<Boolean> counted(Intake intake, CompletableFuture<Boolean> stage) {
    return stage.exceptionallyCompose(
        failure ->
            intake
                .settled()
                .thenCompose(
                    done -> {
                      count(intake);
                      return CompletableFuture.failedFuture(failure);
                    }));
  }

  private CompletableFuture<Boolean> reply(RangeMessage processed) {
    RangeMessage reply = withStatus(processed);
    memory.set(PeerMemory.kept(reply));
    sent += reply.valueCount();
    CompletableFuture<Void> written = frames.send(new SyncMessage.Sync(reply));
    if (reply.isEmpty()) {
      return leaveLast(written).thenApply(done -> false);
    }
    return written.thenApply(
        done -> {
          memory.set(0);
          return true;
        });
  }

  /** Our last message is on its way: wait for the peer's end, end our side, let the peer close. */
  private CompletableFuture<Void> leaveLast(CompletableFuture<Void> written) {
    return written
        .thenCompose(done -> leaving(frames.expectEnd()))
        .thenCompose(done -> leaving(frames.finish()))
        .thenCompose(done -> linger());
  }

  /** The peer waits for our end first: end our side, wait for its end, close. */
  private CompletableFuture<Void> closeFirst() {
    return leaving(frames.finish())
        .thenCompose(done -> leaving(frames.expectEnd()))
        .whenComplete((done, failure) -> end(failure));
  }

  private void end(@Nullable Throwable failure) {
    if (failure == null && !cutShort) {
      stream.leave();
    } else {
      stream.abandon();
    }
  }

  /**
   * A step of the closing sequence, when everything has been exchanged: that the peer has closed already with code 0, or
   * does not take its part in time, changes nothing about the success.
   */
  private CompletableFuture<Void> leaving(CompletableFuture<Void> step) {
    return step.exceptionallyCompose(
        failure -> {
          DocsException reason = Failures.of(failure);
          boolean late = reason instanceof DocsTimeoutException;
          cutShort |= late;
          boolean orderly =
              late
                  || (reason instanceof ConnectionClosedException closed && closed.code() == 0);
          return orderly ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(reason);
        });
  }

  /** The peer closes once it has seen our end; if it does not, we do. */
  private CompletableFuture<Void> linger() {
    return TimeLimit.of(stream.peerLeft(), LINGER, context.environment())
        .handle(
            (info, failure) -> {
              end(null);
              return null;
            });
  }

  private RangeMessage withStatus(RangeMessage message) {
    List<Part> parts = new ArrayList<>(message.parts().size());
    for (Part part : message.parts()) {
      parts.add(
          part instanceof Part.RangeItem item
              ? new Part.RangeItem(
                  item.range(), item.values().stream().map(this::withStatus).toList(), item.haveLocal())
              : part);
    }
    return new RangeMessage(parts);
  }

  private Part.Value withStatus(Part.Value value) {
    ContentStatus status =
        value.entry().entry().isEmpty()
            ? ContentStatus.COMPLETE
            : context.contentStatus().apply(value.entry().record().hash());
    return new Part.Value(value.entry(), status);
  }
}
