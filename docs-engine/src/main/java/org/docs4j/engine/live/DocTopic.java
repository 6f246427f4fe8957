package org.docs4j.engine.live;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;

/** A document's swarm as the live actor sees it; only the actor's thread uses it. */
final class DocTopic {
  private final NamespaceId namespace;
  private final GossipTopic topic;
  private final int maxBytes;
  private final Set<EndpointId> neighbors = new TreeSet<>();
  private boolean ready;
  private boolean reporting;

  DocTopic(NamespaceId namespace, GossipTopic topic, int maxBytes) {
    this.namespace = namespace;
    this.topic = topic;
    this.maxBytes = maxBytes;
  }

  Set<EndpointId> neighbors() {
    return neighbors;
  }

  void addPeers(List<EndpointAddr> peers) {
    topic.addPeers(peers);
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

  boolean report(AuthorHeads heads) {
    return topic.broadcastNeighbors(OpCodec.encode(new Op.SyncReport(namespace, heads), maxBytes));
  }

  /** Whether a report is to be sent soon that was not before. */
  boolean beginReport() {
    boolean first = !reporting;
    reporting = true;
    return first;
  }

  void endReport() {
    reporting = false;
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
