package org.docs4j.blobs.net;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.DocsException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.blobs.proto.RequestMachine;
import org.docs4j.blobs.proto.RequestMachine.Decision;
import org.docs4j.blobs.store.VerifiedStore;

/** Answers one request on one stream (WIRE 6.2, 6.3). */
final class ServeStream extends StageLoop implements StallWatch.Watched {
  private static final System.Logger LOG = System.getLogger(ServeStream.class.getName());
  private static final int READ_BYTES = 8 << 10;

  private final VerifiedStore store;
  private final BidiStream stream;
  private final Environment environment;
  private final ServeLimits limits;
  private final Consumer<ServeStream> ended;
  private final RequestMachine machine = new RequestMachine();

  private Optional<CompletionStage<Optional<ByteBuffer>>> reading = Optional.empty();
  private Optional<CompletionStage<Void>> writing = Optional.empty();
  private Optional<Answer> answer = Optional.empty();
  private Optional<Permits.Permit> largePermit = Optional.empty();
  private Optional<Permits.Permit> answerPermit = Optional.empty();
  private volatile long progress;

  /**
   * A request that a peer is about to send.
   *
   * @param limits shared by all requests
   * @param ended called once when the stream needs nothing any more
   */
  ServeStream(
      VerifiedStore store,
      BidiStream stream,
      Environment environment,
      ServeLimits limits,
      Consumer<ServeStream> ended) {
    super(environment.executor().io());
    this.store = store;
    this.stream = stream;
    this.environment = environment;
    this.limits = limits;
    this.ended = ended;
    this.progress = environment.ticker().nanos();
  }

  @Override
  Optional<CompletionStage<?>> step() {
    if (answer.isPresent()) {
      return send(answer.get());
    }
    Optional<Decision> decision = reading.flatMap(read -> received(value(read)));
    if (decision.isPresent()) {
      return act(decision.get());
    }
    if (machine.isLarge() && largePermit.isEmpty()) {
      reading = Optional.empty();
      largePermit = Optional.of(limits.large().acquire());
      return Optional.of(largePermit.get().granted());
    }
    // A request must arrive as a whole in time: a part of it is no progress.
    reading = Optional.of(stream.receive().read(READ_BYTES));
    return Optional.of(reading.get());
  }

  private Optional<Decision> received(Optional<ByteBuffer> bytes) {
    return bytes.isPresent() ? machine.bytes(bytes.get()) : Optional.of(machine.end());
  }

  private Optional<CompletionStage<?>> act(Decision decision) {
    if (decision instanceof Decision.Serve serve) {
      answer = Optional.of(new Answer(store, serve.wanted()));
      answerPermit = Optional.of(limits.answers().acquire());
      return Optional.of(answerPermit.get().granted());
    }
    if (decision instanceof Decision.Refuse refuse) {
      refuse(refuse.code());
    } else if (decision instanceof Decision.HangUp hangUp) {
      LOG.log(Level.DEBUG, "a blob request was not understood: {0}", hangUp.why());
      stream.send().finish();
      stream.receive().stop(Codes.DROPPED);
    }
    return Optional.empty();
  }

  private Optional<CompletionStage<?>> send(Answer found) {
    writing.ifPresent(StageLoop::value);
    progress = environment.ticker().nanos();
    ByteBuffer bytes = found.next();
    if (!bytes.hasRemaining()) {
      stream.send().finish();
      return Optional.empty();
    }
    writing = Optional.of(stream.send().write(bytes));
    return Optional.of(writing.get());
  }

  private void refuse(long code) {
    stream.send().reset(code);
    stream.receive().stop(code);
  }

  @Override
  void failed(DocsException cause) {
    if (cause instanceof TransportException) {
      LOG.log(Level.DEBUG, "a peer did not take a blob: {0}", cause.getMessage());
      return;
    }
    Level level = cause instanceof BlobNotFoundException ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "a blob cannot be served: {0}", cause.getMessage());
    refuse(Codes.INTERNAL);
  }

  @Override
  void cleanUp() {
    answer.ifPresent(Answer::close);
    answerPermit.ifPresent(Permits.Permit::release);
    largePermit.ifPresent(Permits.Permit::release);
    ended.accept(this);
  }

  @Override
  public long lastProgress() {
    return progress;
  }

  @Override
  public void stalled() {
    if (end()) {
      refuse(Codes.LIMIT);
    }
  }
}
