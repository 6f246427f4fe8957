package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Key;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live updates by gossip between nodes of ours and real ones of today. */
class LiveInterop extends Interop {
  private static final int UPDATES = 200;

  /** How long datagrams take on a slow network: a real node has written some entries meanwhile. */
  private static final long SLOW_MILLIS = 200;

  @Test
  void when_bothWrite_then_eachHearsTheOtherWithinMilliseconds() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    Heard heard = listen(doc);
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode(), "track", true);

    LivePhase live = LivePhase.begin(peer, doc, heard);
    for (int i = 0; i < UPDATES; i++) {
      live.writeThere("theirs" + i);
    }
    for (int i = 0; i < UPDATES; i++) {
      live.write("ours" + i);
    }
    live.end();
    assertEquals(peer.entries(), entries(doc));
    assertEquals(UPDATES * 2L, shown(doc));
    assertEquals(List.of(), heard.failures());
    assertEquals(List.of(), peer.failures());
  }

  @Test
  void when_ourNodeStandsBetweenTwoRealOnes_then_allThreeHaveEverything() throws IOException {
    // Each real node is told our address only; what one of them hears of the other by gossip is its own affair.
    RealPeer left = real(PeerKind.CURRENT);
    RealPeer right = real(PeerKind.CURRENT);
    Docs docs = java();
    Doc doc = docs.create();
    Heard heard = listen(doc);
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
    assertEquals(left.entries(), entries(doc));
    assertEquals(right.entries(), entries(doc));
    until("the news of all entries that came", () -> heard.arrivals.size() == 200);
    Set<EndpointId> both = Set.of(left.addr().id(), right.addr().id());
    assertEquals(both, heard.sessions.stream().filter(SyncReport::succeeded).map(SyncReport::peer).collect(Collectors.toSet()));
  }

  @Test
  void when_aRealNodeIsGoneBeforeAnotherComes_then_weHandOnWhatItWrote() throws IOException {
    RealPeer left = real(PeerKind.CURRENT);
    Doc doc = java().create();
    String ticket = doc.share(Capability.Kind.WRITE).encode();
    left.ask("joinsub", "ticket", ticket);
    left.await("waitNeighbor", 1);
    left.ask("insert", "n", 100, "prefix", "left", "mode", "bytes");
    until("its entries with their content", () -> shown(doc) == 100 && isComplete(doc, "left00000099"));
    Map<String, String> written = left.entries();
    left.close();

    RealPeer right = real(PeerKind.CURRENT);
    right.ask("joinsub", "ticket", ticket);

    right.awaitCount(100);
    right.awaitContent("left00000099");
    assertEquals(written, right.entries());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_twoNodesDialEachOtherAtOnce_then_theSmallerIdGoesOnAndBothAreEqual(boolean itsIdIsSmall) throws IOException {
    // Nothing arrives until both have begun to dial, so that each dial finds the other side dialling: they cross each time.
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    Docs docs = java();
    Gate gate = new Gate();
    EndpointAddr us = through(gate, docs.addr());
    EndpointAddr it = through(gate, peer.addr());
    closeLater(gate::open);
    for (int i = 0; i < 10; i++) {
      Doc doc = docs.create();
      Heard heard = listen(doc);
      peer.ask("reset");
      peer.ask("import", "ticket", doc.share(Capability.Kind.WRITE).encode());
      doc.leave();
      peer.ask("subscribe");
      peer.ask("insert", "n", 100, "prefix", "theirs");
      insert(doc, "ours", 0, 100);

      gate.shut();
      peer.ask("startSync", "peers", List.of(RealPeer.peer(us)));
      doc.startSync(List.of(it));
      gate.open();

      peer.awaitCount(200);
      until("the same entries here, document " + i, () -> entries(doc).equals(peer.entries()));
      until("our report", () -> !heard.sessions.isEmpty());
      assertEquals(itsIdIsSmall ? SyncReport.Origin.ACCEPT : SyncReport.Origin.DIRECT_JOIN, heard.sessions.get(0).origin());
      until("its report of the same session", () -> peer.sessions(itsIdIsSmall ? "connect DirectJoin" : "accept") > 0);
      assertEquals(List.of(), heard.failures());
      assertEquals(List.of(), peer.failures());
    }
  }

  /**
   * A real node does not begin a session with a new neighbour while one with the same peer runs, also one that has looked at
   * its entries before: what it wrote in between has been gossiped to nobody. On a network this slow it becomes our neighbour
   * long after it has begun its session, and before that ends.
   */
  @Test
  void when_aRealNodeWritesDuringItsFirstSessionBeforeItIsANeighbor_then_itsEntriesCome() throws Exception {
    CompletableFuture<EndpointId> begun = new CompletableFuture<>();
    SyncAccess access =
        (document, peer) -> {
          begun.complete(peer);
          return new SyncAccess.Decision.Allow();
        };
    Docs docs = open(Docs.memory().access(access));
    EndpointAddr us = through((toServer, datagram, network) -> network.deliver(datagram, SLOW_MILLIS), docs.addr());
    Doc doc = docs.create();
    RealPeer peer = real(PeerKind.CURRENT);
    peer.ask("import", "ticket", doc.share(Capability.Kind.WRITE).encode());

    peer.ask("startSync", "peers", List.of(RealPeer.peer(us)));
    assertEquals(peer.addr().id(), begun.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    peer.ask("insert", "n", 20, "prefix", "theirs");

    until("the entries of the real node", () -> shown(doc) == 20);
    assertEquals(peer.entries(), entries(doc));
  }

  /** A node behind a network. */
  private EndpointAddr through(UdpRelay.Fate network, EndpointAddr node) throws IOException {
    UdpRelay relay = UdpRelay.to(node.ipAddresses().get(0), network);
    closeLater(relay);
    return EndpointAddr.of(node.id(), List.of(relay.address()));
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
    assertEquals(5002, shown(doc));
    assertEquals(entries(doc), again.entries());
  }
}
