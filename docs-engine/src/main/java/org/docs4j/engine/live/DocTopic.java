package org.docs4j.engine.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.replica.RankedPeers;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;

/** A document's swarm as the live actor sees it; only the actor's thread uses it. */
final class DocTopic {
  /** How many peers of sessions are remembered. */
  static final int MAX_RECENT = 8;

  private static final Duration FIRST_REPORT_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  private final ReplicaHandle handle;
  private final GossipTopic topic;
  private final int maxBytes;
  private final Set<EndpointId> neighbors = new TreeSet<>();
  private final RankedPeers recent;
  private List<EndpointAddr> late = List.of();
  private boolean ready;
  private boolean spreading;
  private boolean reporting;
  private int refusedReports;

  /**
   * Has joined a swarm.
   *
   * @param useful who is remembered of the document, the best first
   */
  DocTopic(ReplicaHandle handle, GossipTopic topic, int maxBytes, List<EndpointId> useful) {
    this.handle = handle;
    this.topic = topic;
    this.maxBytes = maxBytes;
    this.recent = new RankedPeers(MAX_RECENT, useful);
  }

  /** By which the document is open as long as it is synced. */
  ReplicaHandle handle() {
    return handle;
  }

  Set<EndpointId> neighbors() {
    return neighbors;
  }

  /** A peer has synced the document: it may have its content. Before others comes only one that is proved to be useful. */
  void remember(EndpointId peer, boolean proved) {
    recent.note(peer, proved);
  }

  /** Peers of sessions, the best first. */
  Collection<EndpointId> recent() {
    return recent.ranked();
  }

  void addPeers(List<EndpointAddr> peers) {
    topic.addPeers(peers);
  }

  /** Keeps peers for {@link #addLatePeers}. */
  void addPeersLater(List<EndpointAddr> peers) {
    late = peers;
  }

  /** Adds the peers that were kept, once. */
  void addLatePeers() {
    List<EndpointAddr> peers = late;
    late = List.of();
    if (!peers.isEmpty()) {
      addPeers(peers);
    }
  }

  /** Tells the swarm of an entry; returns whether it could: not if the entry is too large or too much is under way. */
  boolean put(SignedEntry entry) {
    Bytes content = OpCodec.encode(new Op.Put(entry), maxBytes);
    return content.size() <= maxBytes && topic.broadcast(content);
  }

  void contentReady(Hash hash) {
    // Best effort: whoever misses it learns of the content with its next session.
    topic.broadcastNeighbors(OpCodec.encode(new Op.ContentReady(hash), maxBytes));
  }

  /** How many heads a report can have. */
  int mostHeads() {
    return OpCodec.mostHeads(maxBytes);
  }

  /** Tells the neighbours what we have; returns after which time to try again if that was not possible. */
  Optional<Duration> report(AuthorHeads heads) {
    if (topic.broadcastNeighbors(OpCodec.encode(new Op.SyncReport(handle.namespace(), heads), maxBytes))) {
      refusedReports = 0;
      return Optional.empty();
    }
    int doublings = Math.min(refusedReports++, MOST_DOUBLINGS);
    return Optional.of(FIRST_REPORT_RETRY.multipliedBy(1L << doublings));
  }

  /** Whether a report is to be tried again that was not before. */
  boolean beginReport() {
    boolean first = !reporting;
    reporting = true;
    return first;
  }

  void endReport() {
    reporting = false;
  }

  /** Whether the neighbours are to be dialled soon that were not before. */
  boolean beginSpread() {
    boolean first = !spreading;
    spreading = true;
    return first;
  }

  void endSpread() {
    spreading = false;
  }

  /** A session has ended well: once its content is here, subscribers are to know. */
  void expectReady() {
    ready = true;
  }

  boolean takeReady() {
    boolean was = ready;
    ready = false;
    return was;
  }

  void close() {
    topic.close();
  }
}
