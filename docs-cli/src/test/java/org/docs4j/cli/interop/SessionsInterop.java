package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
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
 * are equal. Of two dials that cross, the one by the smaller id goes on.
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
    for (int i = 0; begunByUs(heard) <= SESSIONS; i = (i + 1) % DOCUMENTS) {
      int before = heard.get(i).sessions.size();
      all.get(i).startSync(List.of(peer.addr()));
      Heard events = heard.get(i);
      until("a session about document " + i, () -> events.sessions.size() > before);
    }

    assertNoFailures(peer, heard, "begun by us: " + begunByUs(heard));
  }

  private static long begunByUs(List<Heard> heard) {
    return heard.stream()
        .flatMap(each -> each.sessions.stream())
        .filter(session -> session.origin() == SyncReport.Origin.DIRECT_JOIN)
        .count();
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
    for (int i = 0; begunBy(peer) <= SESSIONS; i = (i + 1) % DOCUMENTS) {
      int before = sessions(peer).size();
      peer.ask("startSync", "ticket", tickets.get(i), "doc", DocTicket.parse(tickets.get(i)).capability().id().toString());
      until("a session", () -> sessions(peer).size() > before);
    }

    assertNoFailures(peer, heard, "begun by the real node: " + begunBy(peer));
  }

  private static long begunBy(RealPeer peer) {
    long begun = 0;
    for (JsonNode session : sessions(peer)) {
      begun += session.path("origin").asText().equals("connect DirectJoin") ? 1 : 0;
    }
    return begun;
  }

  private static JsonNode sessions(RealPeer peer) {
    try {
      return peer.ask("ev").path("syncs");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertNoFailures(RealPeer peer, List<Heard> heard, String begun) {
    JsonNode theirs = sessions(peer);
    long ours = heard.stream().mapToLong(each -> each.sessions.size()).sum();
    System.out.printf("sessions: %s; we report %d in all, the real node %d%n", begun, ours, theirs.size());
    List<String> failures = new ArrayList<>();
    theirs.forEach(
        session -> {
          if (session.hasNonNull("result")) {
            failures.add(session.path("origin").asText() + ": " + session.path("result").asText());
          }
        });
    assertEquals(List.of(), failures, "what the real node reports");
    heard.forEach(each -> assertEquals(List.of(), each.failures()));
  }
}
