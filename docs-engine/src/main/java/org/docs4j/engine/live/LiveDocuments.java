package org.docs4j.engine.live;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.engine.actor.ReplicaEvent;
import org.docs4j.engine.actor.ReplicaHandle;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are synced: their swarms, what is gossiped about them, their content and their subscribers. Only the
 * live actor's thread uses it, apart from {@link #concernedBy} and {@link #isSynced}.
 */
final class LiveDocuments implements Dialler.Listener, SwarmListener.Swarm, ContentFetcher.Documents {
  private static final System.Logger LOG = System.getLogger(LiveDocuments.class.getName());

  /** How long the first session has at most until the swarm's peers are contacted. */
  static final Duration CONTACT_DELAY = Duration.ofSeconds(1);

  /** How many peers are remembered with which there has not been a session yet. */
  private static final int MAX_UNPROVED = 5;

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Subscribers subscribers;
  private final Consumer<LiveInput> tell;
  private final Map<NamespaceId, DocTopic> topics = new ConcurrentSkipListMap<>();
  private final ContentFetcher content;
  private final NeighborHints hints;
  private boolean closed;

  /**
   * No documents yet.
   *
   * @param tell takes what {@link LiveState} is to know
   */
  LiveDocuments(LiveParts parts, SerialExecutor thread, Subscribers subscribers, Consumer<LiveInput> tell) {
    this.parts = parts;
    this.thread = thread;
    this.subscribers = subscribers;
    this.tell = tell;
    this.content = new ContentFetcher(parts, thread, this);
    this.hints = new NeighborHints(parts, thread, topics, this::onLost);
  }

  /**
   * Joins a document's swarm, or adds peers.
   *
   * @param handle by which the document is open; given back when syncing ends, if it was taken
   * @param useful who is remembered of the document, the best first
   * @return whether the handle was taken, as the document was not synced yet
   */
  boolean begin(ReplicaHandle handle, List<EndpointAddr> peers, List<EndpointId> useful) {
    NamespaceId namespace = handle.namespace();
    Map<EndpointId, EndpointAddr> all = new TreeMap<>();
    useful.forEach(peer -> all.put(peer, parts.endpoint().known(peer).orElse(EndpointAddr.of(peer))));
    peers.forEach(peer -> all.merge(peer.id(), peer, EndpointAddr::merge));
    all.remove(parts.endpoint().id());
    if (useful.isEmpty()) {
      // A node that ends before its first session does would not know whom to ask again.
      all.keySet().stream().limit(MAX_UNPROVED).forEach(peer -> rememberForLater(namespace, peer, false));
    }
    List<EndpointAddr> bootstrap = List.copyOf(all.values());
    @Nullable DocTopic joined = topics.get(namespace);
    if (joined != null) {
      joined.addPeers(bootstrap);
    } else {
      SwarmListener listener = new SwarmListener(namespace, parts, thread, this);
      // A handshake beside the session would hold it up, and that is what somebody waits for.
      GossipTopic topic = parts.gossip().join(namespace.topic(), List.of(), listener);
      DocTopic doc = new DocTopic(handle, topic, parts.gossip().maxContentBytes(), useful);
      doc.addPeersLater(bootstrap);
      parts.environment().executor().schedule(CONTACT_DELAY, thread, () -> onDialled(namespace));
      topics.put(namespace, doc);
      content.load(namespace);
    }
    tell.accept(new LiveInput.StartSync(namespace, List.copyOf(all.keySet())));
    return joined == null;
  }

  boolean end(NamespaceId namespace) {
    tell.accept(new LiveInput.Leave(namespace));
    content.leave(namespace);
    DocTopic topic = topics.remove(namespace);
    if (topic != null) {
      topic.close();
      parts.sync().close(topic.handle());
    }
    return topic != null;
  }

  void close() {
    closed = true;
    List.copyOf(topics.keySet()).forEach(this::end);
  }

  /**
   * Whether a write is to be told to anybody. May be called from any thread: who subscribes or begins to sync afterwards
   * finds the entry in the store.
   */
  boolean concernedBy(ReplicaEvent event) {
    return !(event instanceof ReplicaEvent.Local)
        || topics.containsKey(event.namespace())
        || subscribers.has(event.namespace());
  }

  /** Takes what the sync actor stored. */
  void stored(ReplicaEvent event) {
    if (closed) {
      return;
    }
    NamespaceId namespace = event.namespace();
    tell.accept(new LiveInput.Changed(namespace));
    if (event instanceof ReplicaEvent.Local local) {
      emit(namespace, new LiveEvent.InsertLocal(local.entry().entry()));
      DocTopic topic = topics.get(namespace);
      if (topic != null) {
        if (topic.put(local.entry())) {
          onSeen(namespace);
        } else {
          hints.spreadSoon(namespace);
        }
      }
    } else if (event instanceof ReplicaEvent.Remote remote) {
      emit(namespace, new LiveEvent.InsertRemote(remote.from(), remote.entry().entry(), remote.contentStatus()));
      if (remote.wanted()) {
        content.want(remote);
      }
    }
  }

  @Override
  public void onDialled(NamespaceId namespace) {
    DocTopic topic = topics.get(namespace);
    if (topic != null) {
      topic.addLatePeers();
    }
  }

  @Override
  public void onSession(NamespaceId namespace, SyncReport report) {
    if (closed) {
      return;
    }
    LOG.log(System.Logger.Level.DEBUG, "sync of {0}: {1}", namespace.shortText(), report);
    emit(namespace, new LiveEvent.SyncFinished(report));
    if (!report.succeeded()) {
      return;
    }
    boolean useful = isUseful(report);
    rememberForLater(namespace, report.peer(), useful);
    DocTopic topic = topics.get(namespace);
    if (topic == null) {
      return;
    }
    topic.remember(report.peer(), useful);
    topic.expectReady();
    content.peerAvailable(namespace, report.peer());
    settled(namespace);
    if (report.received() > 0) {
      hints.report(namespace);
    }
  }

  /** Whether a session shows that its peer is useful: anybody who knows the id can bring an empty one about. */
  private static boolean isUseful(SyncReport report) {
    return report.sent() > 0 || report.received() > 0 || report.origin() == SyncReport.Origin.DIRECT_JOIN;
  }

  /** Has a peer dialled after a restart, where it is known to be. */
  private void rememberForLater(NamespaceId namespace, EndpointId peer, boolean proved) {
    EndpointAddr addr = parts.endpoint().known(peer).orElse(EndpointAddr.of(peer));
    LiveActor.logFailure(parts.sync().registerUsefulPeer(namespace, addr, proved), "remembering a peer");
  }

  @Override
  public void onNeighbor(NamespaceId namespace, EndpointId peer, boolean up) {
    DocTopic topic = topics.get(namespace);
    if (topic == null) {
      return;
    }
    if (up) {
      topic.neighbors().add(peer);
      emit(namespace, new LiveEvent.NeighborUp(peer));
      tell.accept(new LiveInput.NeighborUp(namespace, peer));
    } else {
      topic.neighbors().remove(peer);
      emit(namespace, new LiveEvent.NeighborDown(peer));
      tell.accept(new LiveInput.NeighborDown(namespace, peer));
    }
  }

  @Override
  public void onNews(NamespaceId namespace, EndpointId peer) {
    tell.accept(new LiveInput.News(namespace, peer));
  }

  @Override
  public void onContent(NamespaceId namespace, EndpointId peer, Hash hash) {
    if (topics.containsKey(namespace)) {
      content.announced(hash, peer);
    }
  }

  @Override
  public void onLost(NamespaceId namespace) {
    tell.accept(new LiveInput.GossipLost(namespace));
  }

  @Override
  public void onSeen(NamespaceId namespace) {
    tell.accept(new LiveInput.GossipSeen(namespace));
  }

  @Override
  public boolean isSynced(NamespaceId namespace) {
    return topics.containsKey(namespace);
  }

  @Override
  public Collection<EndpointId> candidates(Set<NamespaceId> namespaces) {
    Set<EndpointId> peers = new LinkedHashSet<>();
    for (NamespaceId namespace : namespaces) {
      DocTopic topic = topics.get(namespace);
      if (topic != null) {
        peers.addAll(topic.neighbors());
        peers.addAll(topic.recent());
      }
    }
    return peers;
  }

  @Override
  public void onContent(Set<NamespaceId> namespaces, Hash hash) {
    for (NamespaceId namespace : namespaces) {
      emit(namespace, new LiveEvent.ContentReady(hash));
      DocTopic topic = topics.get(namespace);
      if (topic != null) {
        topic.contentReady(hash);
      }
    }
    onChange(namespaces);
  }

  @Override
  public void onChange(Set<NamespaceId> namespaces) {
    namespaces.forEach(this::settled);
  }

  private void settled(NamespaceId namespace) {
    DocTopic topic = topics.get(namespace);
    if (topic != null && content.isSettled(namespace) && topic.takeReady()) {
      emit(namespace, new LiveEvent.PendingContentReady());
    }
  }

  private void emit(NamespaceId namespace, LiveEvent event) {
    subscribers.emit(namespace, event);
  }
}
