package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.LogWatch;
import org.junit.jupiter.api.Test;

class QuicShutdownTest {
  @Test
  void close_whileAHandlerBlocks_comesBackAndSaysSo() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Nodes nodes = new Nodes(); LogWatch log = new LogWatch(Shutdown.class.getName())) {
      Endpoint server = nodes.bind();
      CountDownLatch blocked = new CountDownLatch(1);
      server.accept(
          ECHO,
          connection -> {
            blocked.countDown();
            block(release);
          });
      await(nodes.bind().connect(server.addr(), ECHO));
      blocked.await();
      server.close();
      assertTrue(log.said("not closed after 10 s", "has its port still"), log::toString);
      release.countDown();
      server.close();
      assertEquals(1, log.toString().lines().count(), log::toString);
    } finally {
      release.countDown();
    }
  }

  private static void block(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
