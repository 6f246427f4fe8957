package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live updates by gossip between nodes of ours and real ones of today. */
class LiveInterop extends Interop {
  private static final int UPDATES = 200;

  @Test
  void when_bothWrite_then_eachHearsTheOtherWithinMilliseconds() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    Heard heard = listen(doc);
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode(), "track", true);
    peer.await("waitNeighbor", 1);
    until("a neighbour", () -> heard.neighbours.get() > 0);

    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      String key = "theirs" + i;
      double sent = peer.ask("set", "k", key, "v", "v" + i).path("t").asDouble();
      until("the update " + key, () -> heard.arrivals.containsKey(key));
      theirs.add(heard.arrivals.get(key) - sent);
    }
    List<Double> ours = new ArrayList<>();
    List<Double> sent = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      sent.add(System.nanoTime() / 1e6);
      set(doc, "ours" + i, "v" + i);
      peer.await("waitInserts", i + 1L);
    }
    var arrived = peer.ask("seen");
    for (int i = 0; i < UPDATES; i++) {
      ours.add(arrived.path("ours" + i).asDouble() - sent.get(i));
    }

    System.out.printf("live updates in ms: from the real node %s, to it %s%n", percentiles(theirs), percentiles(ours));
    assertEquals(UPDATES * 2L, shown(doc));
    assertEquals(List.of(), heard.failures());
  }

  private static String percentiles(List<Double> times) {
    Collections.sort(times);
    return String.format("p50 %.1f, p99 %.1f, at most %.1f", times.get(times.size() / 2), times.get(times.size() * 99 / 100), times.get(times.size() - 1));
  }

  @Test
  void when_ourNodeStandsBetweenTwoRealOnes_then_allThreeHaveEverything() throws IOException {
    RealPeer left = real(PeerKind.CURRENT);
    RealPeer right = real(PeerKind.CURRENT);
    Docs docs = java();
    Doc doc = docs.create();
    set(doc, "ours", "1");
    String ticket = doc.share(Capability.Kind.WRITE).encode();
    left.ask("joinsub", "ticket", ticket);
    left.await("waitNeighbor", 1);
    right.ask("joinsub", "ticket", ticket);
    right.await("waitNeighbor", 1);

    left.ask("insert", "n", 100, "prefix", "left", "mode", "bytes");
    right.ask("insert", "n", 100, "prefix", "right", "mode", "bytes");
    insert(doc, "middle", 0, 100);

    until("everything here", () -> shown(doc) == 301);
    left.awaitCount(301);
    right.awaitCount(301);
    left.awaitContent("right00000099");
    right.awaitContent("left00000099");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_twoNodesDialEachOtherAtOnce_then_bothAreEqual(boolean itsIdIsSmall) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    Docs docs = java();
    for (int i = 0; i < 10; i++) {
      Doc doc = docs.create();
      DocTicket ticket = doc.share(Capability.Kind.WRITE);
      doc.leave();
      peer.ask("import", "ticket", ticket.encode());
      peer.ask("insert", "n", 100, "prefix", "theirs");
      insert(doc, "ours", 0, 100);

      var begun = peer.begin("startSync", "peers", List.of(RealPeer.peer(docs.addr())));
      doc.startSync(List.of(peer.addr()));
      begun.join();
      peer.awaitCount(200);
      until("all entries here, document " + i, () -> shown(doc) == 200);
    }
  }

  @Test
  void when_aRealNodeIsKilledInTheMiddle_then_weGoOnAndFindItAgain() throws Exception {
    String seed = "11".repeat(32);
    String folder = RealPeer.path(temporary.resolve("real"));
    RealPeer peer = real(PeerKind.CURRENT, "path", folder, "seed", seed);
    Docs docs = java();
    Doc doc = docs.create();
    insert(doc, "k", 0, 5000);
    String ticket = doc.share(Capability.Kind.WRITE).encode();
    Heard heard = listen(doc);
    peer.ask("joinsub", "ticket", ticket);
    until("the first entries at the real node", () -> peer.count() > 0);
    peer.kill();
    set(doc, "meanwhile", "v");
    until("the end of the session that was cut off", () -> !heard.failures().isEmpty());

    RealPeer again = real(PeerKind.CURRENT, "path", folder, "seed", seed);
    again.ask("joinsub", "ticket", ticket);
    again.awaitCount(5001);
    again.ask("set", "k", "back", "v", "v");
    until("an update of the node that came back", () -> doc.get(Key.of("back")).isPresent());
  }
}
