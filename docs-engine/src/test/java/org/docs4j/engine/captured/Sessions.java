package org.docs4j.engine.captured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.ranger.StoredReplica;

/** Sessions between two of ours that begin with what the nodes of a recording held. */
final class Sessions {
  private static final int MAX_MESSAGES = 500;

  private final Reconciler dialler;
  private final Reconciler acceptor;

  private Sessions(NamespaceId namespace, ReconcilerConfig dialler, ReconcilerConfig acceptor) {
    this.dialler = new Reconciler(namespace, dialler);
    this.acceptor = new Reconciler(namespace, acceptor);
  }

  /** Both become what the intended rule makes of all entries, with our defaults, the real nodes' split, or one each. */
  static void assertConverge(NamespaceId namespace, List<SignedEntry> a, List<SignedEntry> b) {
    ReconcilerConfig defaults = ReconcilerConfig.DEFAULT;
    ReconcilerConfig byTwo = RecordedNode.REFERENCE;
    new Sessions(namespace, defaults, defaults).assertConverge(namespace, a, b, 2);
    new Sessions(namespace, defaults, byTwo).assertConverge(namespace, a, b, 3);
    new Sessions(namespace, byTwo, defaults).assertConverge(namespace, a, b, 3);
  }

  private void assertConverge(NamespaceId namespace, List<SignedEntry> a, List<SignedEntry> b, int sessions) {
    NaiveReplica union = new NaiveReplica();
    a.forEach(union::put);
    b.forEach(union::put);
    try (StoredReplica alice = new StoredReplica(namespace);
        StoredReplica bob = new StoredReplica(namespace)) {
      a.forEach(alice::put);
      b.forEach(bob::put);
      for (int i = 0; i < sessions; i++) {
        run(alice, bob);
      }
      assertEquals(union.all(), alice.all(), "after " + sessions + " sessions");
      assertEquals(union.all(), bob.all(), "after " + sessions + " sessions");
    }
  }

  private void run(StoredReplica alice, StoredReplica bob) {
    RangeMessage message = dialler.initial(alice.view());
    int messages = 1;
    boolean bobsTurn = true;
    while (!message.isEmpty()) {
      message =
          bobsTurn ? acceptor.handle(message, bob.view(), bob) : dialler.handle(message, alice.view(), alice);
      bobsTurn = !bobsTurn;
      messages++;
      assertTrue(messages < MAX_MESSAGES, "the session does not end");
    }
  }
}
