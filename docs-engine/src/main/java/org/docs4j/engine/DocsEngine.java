package org.docs4j.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.docs4j.api.Authors;
import org.docs4j.api.Doc;
import org.docs4j.api.DocInfo;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.SyncHandle;
import org.docs4j.engine.live.EventRelay;
import org.docs4j.engine.live.LiveActor;
import org.docs4j.engine.live.LiveParts;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.KeyValueReplicaStore;

/**
 * A node put together from its seams. {@link Docs#memory} and {@link Docs#persistent} find the seams by themselves;
 * {@link #spawn} takes whatever it is given.
 *
 * <p>Safe to use from any thread.
 */
public final class DocsEngine implements Docs {
  private final EngineSeams seams;
  private final SyncHandle sync;
  private final LiveActor live;
  private final EngineAuthors authors;
  private final ContentWrites writes = new ContentWrites(ContentWrites.PATIENCE);
  private final Callbacks callbacks;
  private final Opened parts;
  private final Runnable afterClose;
  private volatile boolean closed;

  private DocsEngine(EngineSeams seams, EngineConfig config, Opened parts, Runnable afterClose) {
    this.seams = seams;
    this.parts = parts;
    this.afterClose = afterClose;
    this.callbacks = parts.add(new Callbacks(seams.environment().executor()));
    EventRelay events = new EventRelay();
    ReconcilerConfig reconciler =
        new ReconcilerConfig(
            config.splitWidth(), config.itemLimit(), config.parts(), config.messageBudget(), true);
    parts.add(seams.store());
    this.sync =
        parts.add(new SyncHandle(KeyValueReplicaStore.open(seams.store()), seams.environment(), reconciler, events));
    parts.release(seams.store());
    this.authors = new EngineAuthors(sync, seams.environment(), seams.defaultAuthor(), this::checkOpen);
    this.live =
        parts.add(
            new LiveActor(
                new LiveParts(
                    seams.environment(),
                    seams.endpoint(),
                    seams.gossip(),
                    sync,
                    seams.blobs(),
                    seams.downloader(),
                    config.patience(),
                    config.access())));
    events.connect(live::onReplicaEvent);
    // Before live sync ends, so that subscribers hear of every write that was acknowledged.
    parts.add((AutoCloseable) () -> Await.result(sync.endRequests()));
    live.start();
    seams.blobs().protect(this::protect);
  }

  private void protect(Consumer<Hash> sink) {
    checkOpen();
    writes.awaitEarlier();
    Await.result(sync.contentHashes()).forEach(sink);
  }

  /**
   * Starts a node.
   *
   * @param seams what it is made of
   * @param config local choices
   * @throws org.docs4j.api.StoreVersionException if the store has a newer format; the store is closed then
   * @throws IllegalArgumentException if another node uses the endpoint; the store is closed then
   * @throws org.docs4j.api.DocsException if it cannot start for another reason; the store is closed then
   */
  public static DocsEngine spawn(EngineSeams seams, EngineConfig config) {
    return spawn(seams, config, () -> {});
  }

  @SuppressWarnings("CatchingUnchecked") // nothing may stay open, whatever went wrong
  static DocsEngine spawn(EngineSeams seams, EngineConfig config, Runnable afterClose) {
    Opened parts = new Opened();
    try {
      return new DocsEngine(seams, config, parts, afterClose);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** The tables that the engine needs its store to be opened with. */
  public static List<Table> tables() {
    return KeyValueReplicaStore.tables();
  }

  SyncHandle sync() {
    return sync;
  }

  LiveActor live() {
    return live;
  }

  /** Where writes of content register, so that garbage collection waits for them. */
  ContentWrites writes() {
    return writes;
  }

  Callbacks callbacks() {
    return callbacks;
  }

  void checkOpen() {
    if (closed) {
      throw new ReplicaClosedException("the node is closed");
    }
  }

  @Override
  public EndpointAddr addr() {
    checkOpen();
    return seams.endpoint().addr();
  }

  @Override
  public Authors authors() {
    checkOpen();
    return authors;
  }

  @Override
  public Doc create() {
    return importCapability(new Capability.Write(NamespaceSecret.random(seams.environment().random())));
  }

  @Override
  public Doc open(NamespaceId id) {
    checkOpen();
    return new EngineDoc(this, Await.result(sync.open(id, OpenOptions.DEFAULT)));
  }

  @Override
  public List<DocInfo> list() {
    checkOpen();
    return Await.result(sync.listReplicas()).stream()
        .map(capability -> new DocInfo(capability.id(), capability.kind()))
        .toList();
  }

  @Override
  public Doc importCapability(Capability capability) {
    checkOpen();
    return open(Await.result(sync.importNamespace(capability)).id());
  }

  @Override
  public Doc join(DocTicket ticket) {
    checkOpen();
    if (ticket.peers().stream().noneMatch(this::canDial)) {
      throw new InvalidTicketException(
          "the ticket has no address that this node can dial"
              + (ticket.peers().stream().anyMatch(EndpointAddr::isRelayOnly) ? ", only relays" : ""));
    }
    Doc doc = importCapability(ticket.capability());
    doc.startSync(ticket.peers());
    return doc;
  }

  private boolean canDial(EndpointAddr peer) {
    return !peer.ipAddresses().isEmpty()
        || peer.id().equals(seams.endpoint().id())
        || seams.endpoint().known(peer.id()).isPresent();
  }

  @Override
  public void drop(NamespaceId id) {
    checkOpen();
    // Not on the thread of live sync, since asking the sync actor may wait.
    Await.result(
        live.remove(
            id, () -> callbacks.away(CompletableFuture.completedFuture(id)).thenCompose(sync::drop)));
  }

  @Override
  public int resumeSync() {
    checkOpen();
    List<NamespaceId> documents = Await.result(sync.syncing());
    // All of them are asked for before the first wait, so that peers who come meanwhile are not declined.
    documents.stream().map(id -> live.startSync(id, List.of())).toList().forEach(Await::result);
    return documents.size();
  }

  @Override
  public BlobStore blobs() {
    checkOpen();
    return seams.blobs();
  }

  @Override
  public void flush() {
    checkOpen();
    seams.blobs().sync();
    Await.result(sync.flush());
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Files that are open as channels would be closed under an interrupted thread before their last bytes are written.
    boolean interrupted = Thread.interrupted();
    try {
      parts.close();
    } finally {
      try {
        afterClose.run();
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
