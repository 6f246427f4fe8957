package org.docs4j.blobs.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.DocsException;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.DecodeSink;
import org.docs4j.blobs.proto.AttemptResult;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.blobs.proto.GetMachine;
import org.docs4j.blobs.proto.GetOutcome;
import org.docs4j.blobs.store.BlobSink;
import org.docs4j.blobs.store.VerifiedStore;

/** Asks one provider for one blob, or for what is missing of it, on one stream (WIRE 6.2). */
final class FetchStream extends StageLoop implements StallWatch.Watched, DecodeSink {
  private static final int READ_BYTES = 128 << 10;

  private final VerifiedStore store;
  private final Hash hash;
  private final Connection connection;
  private final boolean kept;
  private final Environment environment;
  private final ProgressListener listener;
  private final Consumer<AttemptResult> done;

  private Optional<AttemptResult> result = Optional.empty();
  private Optional<BlobSink> sink = Optional.empty();
  private Optional<GetMachine> machine = Optional.empty();
  private Optional<CompletionStage<BidiStream>> opening = Optional.empty();
  private Optional<BidiStream> stream = Optional.empty();
  private Optional<CompletionStage<Optional<ByteBuffer>>> reading = Optional.empty();
  private boolean anythingArrived;
  private long verified;
  private long claimed = -1;
  private volatile long progress;

  /**
   * An attempt.
   *
   * @param kept whether the connection was there before, so that it may be gone already
   * @param done takes the result, once, on an I/O thread, when nothing is held any more
   */
  FetchStream(
      VerifiedStore store,
      Hash hash,
      Connection connection,
      boolean kept,
      Environment environment,
      ProgressListener listener,
      Consumer<AttemptResult> done) {
    super(environment.executor().io());
    this.store = store;
    this.hash = hash;
    this.connection = connection;
    this.kept = kept;
    this.environment = environment;
    this.listener = listener;
    this.done = done;
    this.progress = environment.ticker().nanos();
  }

  /** Where the attempt runs. */
  Connection connection() {
    return connection;
  }

  @Override
  Optional<CompletionStage<?>> step() {
    if (opening.isEmpty()) {
      return open();
    }
    if (stream.isEmpty()) {
      stream = Optional.of(value(opening.get()));
      // The end goes out right behind the request; what becomes of both shows when the answer is read.
      stream.get().send().write(ByteBuffer.wrap(machine.orElseThrow().request()));
      stream.get().send().finish();
    }
    Optional<GetOutcome> outcome = reading.flatMap(this::received);
    if (outcome.isPresent()) {
      finish(outcome.get());
      return Optional.empty();
    }
    reading = Optional.of(stream.get().receive().read(READ_BYTES));
    return Optional.of(reading.get());
  }

  private Optional<CompletionStage<?>> open() {
    sink = store.sink(hash);
    if (sink.isEmpty()) {
      result = Optional.of(alreadyHere());
      return Optional.empty();
    }
    verified = sink.get().verifiedBytes();
    machine = Optional.of(new GetMachine(hash, ChunkRanges.from(verified >>> 10), this));
    opening = Optional.of(connection.openBidi());
    return Optional.of(opening.get());
  }

  private AttemptResult alreadyHere() {
    return store.status(hash) instanceof BlobStatus.Complete complete
        ? new AttemptResult.Fetched(new BlobInfo(hash, complete.size()))
        : new AttemptResult.Broken(new BlobException("blob " + hash.shortText() + " was deleted while it was asked for"));
  }

  private Optional<GetOutcome> received(CompletionStage<Optional<ByteBuffer>> read) {
    try {
      Optional<ByteBuffer> bytes = value(read);
      if (bytes.isEmpty()) {
        return Optional.of(machine.orElseThrow().end());
      }
      anythingArrived = true;
      long before = verified;
      Optional<GetOutcome> outcome = machine.orElseThrow().bytes(bytes.get());
      if (verified > before) {
        listener.onProgress(verified, claimed);
      }
      return outcome;
    } catch (StreamResetException e) {
      return Optional.of(machine.orElseThrow().reset(e.code()));
    }
  }

  private void finish(GetOutcome outcome) {
    if (outcome instanceof GetOutcome.Complete) {
      result = Optional.of(new AttemptResult.Fetched(sink.orElseThrow().complete()));
    } else if (outcome instanceof GetOutcome.Refused refused) {
      deny("refuses blob " + hash.shortText() + " with code " + refused.code());
    } else if (outcome instanceof GetOutcome.CutOff) {
      deny("has only a part of blob " + hash.shortText());
    } else {
      deny("does not have blob " + hash.shortText());
    }
  }

  private void deny(String what) {
    String who = connection.remoteId().shortText();
    result = Optional.of(new AttemptResult.Denied(new BlobNotFoundException("peer " + who + " " + what)));
  }

  @Override
  public void size(long size) {
    claimed = size;
    sink.orElseThrow().size(size);
  }

  @Override
  public void parent(long index, byte[] pair) {
    progress = environment.ticker().nanos();
    sink.orElseThrow().parent(index, pair);
  }

  @Override
  public void leaf(long offset, byte[] data, int start, int length) {
    progress = environment.ticker().nanos();
    sink.orElseThrow().leaf(offset, data, start, length);
    verified = offset + length;
  }

  @Override
  void failed(DocsException cause) {
    if (cause instanceof ContentMismatchException) {
      result = Optional.of(new AttemptResult.Mismatched(cause));
    } else if (cause instanceof ConnectionClosedException && kept && !anythingArrived) {
      result = Optional.of(new AttemptResult.Stale(cause));
    } else if (cause instanceof TransportException) {
      result = Optional.of(new AttemptResult.Lost(cause));
    } else {
      result = Optional.of(new AttemptResult.Broken(cause));
    }
  }

  @Override
  void cleanUp() {
    if (stream.isPresent()) {
      letGo(stream.get());
    } else {
      opening.ifPresent(late -> late.thenAccept(this::letGo));
    }
    closeSink();
    AttemptResult found =
        result.orElseGet(() -> new AttemptResult.Broken(new BlobException("the downloader was closed")));
    done.accept(found);
  }

  /** Reads the end behind a complete answer, so that both sides are done with the stream; gives up any other one. */
  private void letGo(BidiStream open) {
    if (result.isPresent() && result.get() instanceof AttemptResult.Fetched) {
      open.receive().read(1).thenAccept(bytes -> bytes.ifPresent(tooMany -> open.receive().stop(Codes.DROPPED)));
    } else {
      open.send().reset(Codes.DROPPED);
      open.receive().stop(Codes.DROPPED);
    }
  }

  private void closeSink() {
    try {
      sink.ifPresent(BlobSink::close);
    } catch (DocsException e) {
      result = Optional.of(new AttemptResult.Broken(e));
    }
  }

  @Override
  public long lastProgress() {
    return progress;
  }

  @Override
  public synchronized void stalled() {
    result =
        Optional.of(
            new AttemptResult.Lost(
                new TransportException(
                    "peer " + connection.remoteId().shortText() + " sent nothing useful of blob " + hash.shortText()
                        + " for " + store.options().stallTimeout().toMillis() + " ms")));
    end();
  }
}
