package org.docs4j.engine.convergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.ranger.ReferenceReplica;
import org.docs4j.engine.ranger.StoredReplica;
import org.junit.jupiter.api.Test;

/** A peer with the split and the insert rule of real nodes, which lets older entries come back to life. */
class ReferencePeerTest {
  private static final ReconcilerConfig REFERENCE = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);
  private static final int MAX_SESSIONS = 2;

  private final Reconciler ours = new Reconciler(Entries.NAMESPACE.id(), ReconcilerConfig.DEFAULT);
  private final Reconciler theirs = new Reconciler(Entries.NAMESPACE.id(), REFERENCE);

  /** Ours is right after the first session and stays so; the peer follows within two, whoever begins them: nothing flaps. */
  @Test
  void when_peerForgetsDeletions_then_oursHoldsAndThePeerFollows() {
    Cases.run("peers with the real nodes' rule", 1000, this::run);
  }

  /** The peer begins once, ours from then on: what should go comes back in items that want no answer. */
  @Test
  void when_onlyOursBeginsFromThenOn_then_thePeerFollows() {
    run(6038);
  }

  private void run(long seed) {
    Random random = new Random(seed);
    NaiveReplica model = new NaiveReplica();
    ReferenceReplica peer = new ReferenceReplica();
    try (StoredReplica replica = new StoredReplica(Entries.NAMESPACE.id())) {
      for (int i = random.nextInt(120); i > 0; i--) {
        SignedEntry entry = Entries.random(random, 1 + random.nextInt(5));
        int where = random.nextInt(3);
        if (where != 0) {
          replica.put(entry);
        }
        if (where != 1) {
          peer.put(entry);
        }
      }
      replica.all().forEach(model::put);
      peer.all().forEach(model::put);
      int beginners = (int) (seed % 3);
      int sessions = 0;
      do {
        boolean oursBegins = beginners == 0 || (beginners == 1 ? random.nextBoolean() : sessions > 0);
        session(replica, peer, oursBegins);
        sessions++;
        assertEquals(model.all(), replica.all(), "ours after " + sessions + " sessions");
        assertTrue(sessions <= MAX_SESSIONS, "the peer is not equal yet");
      } while (!peer.all().equals(model.all()));
    }
  }

  private void session(StoredReplica replica, ReferenceReplica peer, boolean oursBegins) {
    RangeMessage message = oursBegins ? ours.initial(replica.view()) : theirs.initial(peer);
    boolean toPeer = oursBegins;
    for (int messages = 0; !message.isEmpty(); messages++) {
      assertTrue(messages < 100, "the session does not end");
      message = toPeer ? theirs.handle(message, peer, peer) : ours.handle(message, replica.view(), replica);
      toPeer = !toPeer;
    }
  }
}
