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

  @Test
  void when_twoNodesDialEachOtherAtOnce_then_bothAreEqual() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Docs docs = java();
    Doc doc = docs.create();
    DocTicket ours = doc.share(Capability.Kind.WRITE);
    doc.leave();
    peer.ask("import", "ticket", ours.encode());
    peer.ask("insert", "n", 300, "prefix", "theirs");
    insert(doc, "ours", 0, 300);

    for (int round = 0; round < 10; round++) {
      var begun = peer.begin("startSync", "peers", List.of(RealPeer.peer(docs.addr())));
      doc.startSync(List.of(peer.addr()));
      begun.join();
      int expected = 600 + 2 * round;
      peer.awaitCount(expected);
      until("all entries here, round " + round, () -> shown(doc) == expected);
      doc.leave();
      peer.ask("leave");
      set(doc, "ours-round" + round, "v");
      peer.ask("set", "k", "theirs-round" + round, "v", "v");
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
    peer.ask("joinsub", "ticket", ticket);
    peer.kill();
    set(doc, "meanwhile", "v");

    RealPeer again = real(PeerKind.CURRENT, "path", folder, "seed", seed);
    again.ask("joinsub", "ticket", ticket);
    again.awaitCount(5001);
    again.ask("set", "k", "back", "v", "v");
    until("an update of the node that came back", () -> doc.get(Key.of("back")).isPresent());
  }
}
