package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.Capability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many sessions with a real node of today, none of which may fail for either side. It reports a failure where its peer
 * does not end as WIRE 4.7 says: between two real nodes that is one side of each session.
 *
 * <p>Every session that was asked for brings entries both ways first, then the same documents are synced again when both
 * are equal. Each must be reported by both sides. Of two dials that cross, the one by the smaller id goes on.
 */
class SessionsInterop extends Interop {
  private static final int DOCUMENTS = 60;
  private static final int SESSIONS = 100;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_manySessionsAreBegunByUs_then_noneFails(boolean itsIdIsSmall) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    Docs docs = java();
    List<Doc> all = new ArrayList<>();
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      peer.ask("create");
      peer.ask("subscribe");
      peer.ask("insert", "n", 40, "prefix", "theirs");
      DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());
      Doc doc = docs.importCapability(ticket.capability());
      insert(doc, "ours", 0, 20 + i);
      all.add(doc);
      heard.add(listen(doc));
      doc.startSync(ticket.peers());
      int expected = 60 + i;
      until("the entries of document " + i, () -> shown(doc) == expected);
      peer.awaitCount(expected);
    }
    for (int i = 0; sessions(heard, SyncReport.Origin.DIRECT_JOIN) <= SESSIONS; i = (i + 1) % DOCUMENTS) {
      int before = heard.get(i).sessions.size();
      all.get(i).startSync(List.of(peer.addr()));
      Heard events = heard.get(i);
      until("a session about document " + i, () -> events.sessions.size() > before);
    }

    long begun = sessions(heard, SyncReport.Origin.DIRECT_JOIN);
    until("the real node's reports of all that we began", () -> peer.sessions("accept") >= begun);
    assertNoFailures(peer, heard, "begun by us: " + begun);
  }

  private static long sessions(List<Heard> heard, SyncReport.Origin origin) {
    return heard.stream().flatMap(each -> each.sessions.stream()).filter(session -> session.origin() == origin).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_manySessionsAreBegunByTheRealNode_then_noneFails(boolean itsIdIsSmall) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    Docs docs = java();
    List<String> tickets = new ArrayList<>();
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      Doc doc = docs.create();
      insert(doc, "ours", 0, 40);
      heard.add(listen(doc));
      tickets.add(doc.share(Capability.Kind.WRITE).encode());
      peer.ask("import", "ticket", tickets.get(i));
      peer.ask("subscribe");
      peer.ask("insert", "n", 20 + i, "prefix", "theirs");
      peer.ask("startSync", "ticket", tickets.get(i));
      int expected = 60 + i;
      until("the entries of document " + i, () -> shown(doc) == expected);
      peer.awaitCount(expected);
    }
    for (int i = 0; peer.sessions("connect DirectJoin") <= SESSIONS; i = (i + 1) % DOCUMENTS) {
      int before = peer.sessions().size();
      peer.ask("startSync", "ticket", tickets.get(i), "doc", DocTicket.parse(tickets.get(i)).capability().id().toString());
      until("a session", () -> peer.sessions().size() > before);
    }

    long begun = peer.sessions("connect DirectJoin");
    until("our reports of all that it began", () -> sessions(heard, SyncReport.Origin.ACCEPT) >= begun);
    assertNoFailures(peer, heard, "begun by the real node: " + begun);
  }

  private static void assertNoFailures(RealPeer peer, List<Heard> heard, String begun) {
    long ours = heard.stream().mapToLong(each -> each.sessions.size()).sum();
    System.out.printf("sessions: %s; we report %d in all, the real node %d%n", begun, ours, peer.sessions().size());
    assertEquals(List.of(), peer.failures(), "what the real node reports");
    heard.forEach(each -> assertEquals(List.of(), each.failures()));
  }
}
