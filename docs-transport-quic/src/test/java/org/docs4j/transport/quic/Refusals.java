package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletionStage;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.tck.LogWatch;

/** Why endpoints refuse those who dial them, and those whom they dial. */
final class Refusals implements AutoCloseable {
  private final LogWatch log = new LogWatch(Acceptor.class.getName());

  /** Waits until an endpoint says that it has refused somebody, with this reason. */
  void await(PeerIdentityException.Reason reason) {
    Nodes.until(() -> log.said("refused a connection from 127.0.0.1: " + reason + ", " + reason.sentence()));
  }

  /** Waits until an endpoint says that there is no connection, with these words. */
  void await(String words) {
    Nodes.until(() -> log.said("refused a connection from 127.0.0.1: " + words));
  }

  /** A dial fails with this reason, in type and words. */
  static void assertRefused(PeerIdentityException.Reason reason, CompletionStage<?> dialled) throws Exception {
    PeerIdentityException why = assertInstanceOf(PeerIdentityException.class, Nodes.failure(dialled));
    assertEquals(reason, why.reason());
    assertTrue(why.getMessage().contains(reason.sentence()), why::toString);
  }

  @Override
  public void close() {
    log.close();
  }
}
