package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content between nodes of ours and real ones of today. */
class ContentInterop extends Interop {
  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(temporary.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 16 * 1024 + 1, 64 << 20})
  void when_weWriteContent_then_aRealNodeFetchesIt(int bytes) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "path", RealPeer.path(temporary.resolve("real")));
    Doc doc = java(temporary.resolve("java")).create();
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.READ).encode(), "track", true);
    peer.await("waitNeighbor", 1);
    Path file = file("file", bytes);

    Entry entry = doc.setFile(doc.defaultAuthor(), Key.of("file"), file, ImportMode.COPY, ProgressListener.NONE).entry();

    until("the content at the real node", () -> isReady(peer, entry.record().hash()));
  }

  private static boolean isReady(RealPeer peer, Hash hash) {
    try {
      return peer.ask("ready").has(hash.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 16 * 1024 + 1, 64 << 20})
  void when_aRealNodeWritesContent_then_weFetchIt(int bytes) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "path", RealPeer.path(temporary.resolve("real")));
    peer.ask("create");
    Path file = file("file", bytes);
    peer.ask("importFile", "k", "before", "path", RealPeer.path(file));

    Doc doc = java(temporary.resolve("java")).join(DocTicket.parse(peer.ask("share", "mode", "Read").asText()));

    until("the content here", () -> isComplete(doc, "before"));
    Path copy = temporary.resolve("copy");
    doc.export(doc.get(Key.of("before")).orElseThrow(), copy, ProgressListener.NONE);
    assertEquals(-1, Files.mismatch(file, copy));
  }

  static List<DownloadPolicy> onlyYes() {
    return List.of(
        new DownloadPolicy.NothingExcept(List.of(prefix("yes/"))),
        new DownloadPolicy.NothingExcept(List.of(new DownloadPolicy.Filter.Exact(Key.of("yes/1")), prefix("yes/2"))),
        new DownloadPolicy.EverythingExcept(List.of(prefix("no/"))));
  }

  private static DownloadPolicy.Filter prefix(String prefix) {
    return new DownloadPolicy.Filter.Prefix(Key.of(prefix));
  }

  @ParameterizedTest
  @MethodSource("onlyYes")
  void when_ourPolicyWantsOnlySomeKeys_then_onlyTheirContentIsFetched(DownloadPolicy policy) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    peer.ask("create");
    peer.ask("set", "k", "yes/1", "v", "wanted");
    peer.ask("set", "k", "no/1", "v", "not wanted");
    Docs docs = java();
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Read").asText());
    Doc doc = docs.importCapability(ticket.capability());
    doc.setDownloadPolicy(policy);

    doc.startSync(ticket.peers());

    until("the wanted content", () -> isComplete(doc, "yes/1"));
    peer.ask("set", "k", "no/2", "v", "not wanted either");
    peer.ask("set", "k", "yes/2", "v", "wanted, and last");
    until("the content that came last", () -> isComplete(doc, "yes/2"));
    until("all entries", () -> shown(doc) == 4);
    assertInstanceOf(BlobStatus.Missing.class, docs.blobs().status(doc.get(Key.of("no/1")).orElseThrow().record().hash()));
    assertInstanceOf(BlobStatus.Missing.class, docs.blobs().status(doc.get(Key.of("no/2")).orElseThrow().record().hash()));
  }

  @Test
  void when_theRealNodesPolicyWantsNothing_then_itHasTheEntriesOnly() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Docs docs = java();
    Doc doc = docs.create();
    set(doc, "in a session", "not wanted");
    String ticket = doc.share(Capability.Kind.READ).encode();
    peer.ask("import", "ticket", ticket, "policy", "nothing");
    peer.ask("subscribe");
    peer.ask("startSync", "ticket", ticket);
    peer.awaitCount(1);
    peer.await("waitNeighbor", 1);
    set(doc, "live", "not wanted either");
    peer.awaitCount(2);

    // Content that is wanted comes from the same node of ours, later: what came before it would be there.
    Doc other = docs.create();
    set(other, "in a session", "wanted");
    peer.ask("joinsub", "ticket", other.share(Capability.Kind.READ).encode());
    peer.awaitContent("in a session");
    peer.await("waitNeighbor", 2);
    set(other, "live", "wanted too");
    peer.awaitContent("live");

    for (String key : List.of("in a session", "live")) {
      assertTrue(peer.ask("get", "k", key, "doc", doc.id().toString()).path("vx").isNull(), key);
    }
  }
}
