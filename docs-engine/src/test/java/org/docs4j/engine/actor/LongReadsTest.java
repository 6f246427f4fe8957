package org.docs4j.engine.actor;

import static org.docs4j.engine.actor.ActorCase.DOC;
import static org.docs4j.engine.actor.ActorCase.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
import org.junit.jupiter.api.Test;

/** What reads very many rows for one answer takes several turns, between which other documents go on. */
class LongReadsTest {
  private static final int STEPS = 16;

  private final ActorCase node = new ActorCase(STEPS);

  /** Waits for a task; returns how many actions on another document were answered before it was done. */
  private int answeredBefore(CompletableFuture<?> work) {
    int answered = 0;
    while (!work.isDone()) {
      node.await(node.sync.count(OTHER));
      answered++;
    }
    return answered;
  }

  @Test
  void when_thousandsOfEntriesAreLookedUp_then_otherDocumentsGoOnAndEachPlaceIsRight() {
    node.fill(DOC, 500);
    List<SignedEntry> asked = new ArrayList<>();
    node.entries(DOC).forEach(entry -> asked.addAll(Collections.nCopies(10, entry)));
    Collections.shuffle(asked, new Random(1));
    BitSet expected = new BitSet();
    expected.set(0, asked.size());
    SignedEntry otherSignature = asked.get(0);
    for (int i = 3; i < asked.size(); i += 7) {
      SignedEntry entry = asked.get(i);
      if (!entry.equals(otherSignature)) {
        asked.set(i, new SignedEntry(otherSignature.signature(), entry.entry()));
        expected.clear(i);
      }
    }
    CompletableFuture<BitSet> held = node.sync.held(DOC, List.copyOf(asked));
    CompletableFuture<Long> count = node.sync.count(DOC);
    int answered = answeredBefore(held);
    assertTrue(answered > asked.size() / STEPS / 2, "answered meanwhile: " + answered);
    assertEquals(expected, node.await(held));
    assertEquals(500, node.await(count));
  }

  @Test
  void when_veryMuchContentIsWanted_then_otherDocumentsGoOnWhileItIsRead() {
    int many = 20_000;
    node.await(node.sync.shutdown());
    List<Hash> wanted = new ArrayList<>();
    try (ReplicaWriter writer = KeyValueReplicaStore.open(node.store).write()) {
      for (int i = 0; i < many; i++) {
        Hash hash = Hash.ofContent(new byte[] {(byte) i, (byte) (i >> 8)});
        wanted.add(hash);
        writer.putWanted(DOC, hash);
        writer.putWanted(OTHER, hash);
      }
      writer.commit(Durability.SYNC);
    }
    node.crash();
    node.await(node.sync.open(OTHER, OpenOptions.DEFAULT));
    Collections.sort(wanted);
    int max = many - 5;
    CompletableFuture<List<Hash>> read = node.sync.wanted(DOC, max);
    CompletableFuture<Hash> arrived = node.sync.contentArrived(DOC, wanted.get(0));
    int answered = answeredBefore(read);
    assertTrue(answered > many / STEPS / 2, "answered meanwhile: " + answered);
    assertEquals(wanted.subList(0, max), node.await(read));
    node.await(arrived);
    assertEquals(wanted.subList(1, many), node.await(node.sync.wanted(DOC, many)));
    assertEquals(List.of(), node.await(node.sync.wanted(DOC, 0)));
    assertFalse(node.await(node.sync.wanted(OTHER, many)).isEmpty());
  }
}
