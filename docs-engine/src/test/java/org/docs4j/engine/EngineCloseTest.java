package org.docs4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.Doc;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks something while a node is being closed is answered, and whatever was acknowledged is told to subscribers. */
@Timeout(60)
class EngineCloseTest {
  private static final Hash CONTENT = Hash.ofContent(new byte[] {1});
  private static final String WRITER = "test-writer";

  private final TestMachine machine = new TestMachine();

  /** The node's own, which is closed with it. */
  private final Environment own = Environment.system();

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    machine.close();
    own.close();
  }

  private DocsEngine node(Environment environment) {
    EngineSeams seams =
        machine.seams(
            machine.endpoint(EndpointSecret.random(own.random())),
            TestMachine.memoryStore(),
            new DefaultAuthorStorage.Memory());
    return DocsEngine.spawn(
        new EngineSeams(
            environment,
            seams.endpoint(),
            seams.gossip(),
            seams.store(),
            seams.blobs(),
            seams.downloader(),
            seams.defaultAuthor()),
        EngineConfig.DEFAULT,
        own::close);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Timestamp now() {
    if (Thread.currentThread().getName().equals(WRITER)) {
      reached.countDown();
      await(release);
    }
    return own.clock().now();
  }

  /** The time of the entry is asked for after the check that the node is open, and before anything else. */
  @Test
  void setHashAsync_pastTheCheckWhenTheNodeIsClosed_failsTyped() throws Exception {
    DocsEngine node = node(new Environment(own.executor(), own.ticker(), this::now, own.random()));
    Doc doc = node.create();
    CompletableFuture<CompletableFuture<LocalInsert>> asked = new CompletableFuture<>();
    Thread writer =
        new Thread(() -> asked.complete(doc.setHashAsync(doc.defaultAuthor(), Key.of("late"), CONTENT, 1)), WRITER);
    writer.start();
    await(reached);
    node.close();
    release.countDown();
    CompletableFuture<LocalInsert> answer = asked.get(20, TimeUnit.SECONDS);
    Throwable failure = assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS)).getCause();
    assertInstanceOf(ReplicaClosedException.class, failure);
  }

  @Test
  void setHashAsync_notSignedWhenTheNodeIsClosed_isWrittenAndTold() throws Exception {
    Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    ForwardingExecutor executor =
        new ForwardingExecutor(own) {
          @Override
          public Executor compute() {
            return held::add;
          }
        };
    DocsEngine node = node(executor.environment());
    Doc doc = node.create();
    LiveEvents events = doc.subscribe();
    CompletableFuture<LocalInsert> answer = doc.setHashAsync(doc.defaultAuthor(), Key.of("key"), CONTENT, 1);
    assertFalse(answer.isDone(), "nobody signs");
    node.close();
    LocalInsert written = answer.get(20, TimeUnit.SECONDS);
    assertEquals(Optional.of(new LiveEvent.InsertLocal(written.entry())), events.poll(Duration.ZERO));
    assertTrue(events.isEnded());
  }
}
