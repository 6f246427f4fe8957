package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.junit.jupiter.api.Test;

class AcceptQueueTest {
  private final AcceptQueue<String> queue = new AcceptQueue<>();

  @Test
  void offer_afterAnAskerHasGone_givesTheStreamToTheNext() throws Exception {
    CompletionStage<String> gone = queue.next();
    CompletionStage<String> waiting = queue.next();
    assertTrue(gone.toCompletableFuture().cancel(false));
    queue.offer("stream");
    assertEquals("stream", await(waiting));
  }

  @Test
  void offer_toNobodyButAskersThatHaveGone_keepsTheStream() throws Exception {
    assertTrue(queue.next().toCompletableFuture().cancel(false));
    queue.offer("stream");
    assertEquals("stream", await(queue.next()));
    assertFalse(queue.next().toCompletableFuture().isDone());
  }

  @Test
  void end_withStreamsLeft_failsOnceTheyAreTaken() throws Exception {
    TransportException end = new TransportException("it is over");
    queue.offer("stream");
    queue.end(end);
    assertEquals("stream", await(queue.next()));
    assertSame(end, failure(queue.next()));
  }
}
