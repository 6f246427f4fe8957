package org.docs4j.engine.actor;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.crypto.SigningKey;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaStore;

/**
 * How everyone asks the sync actor. Safe to use from any thread.
 *
 * <p>Answers are completed on the actor's thread: continue them on an executor of your own. Methods for applications
 * (writes, queries) wait while {@value #SLOTS} of them are under way; those for sessions never wait, since each session
 * has one request under way.
 */
public final class SyncHandle implements AutoCloseable {
  /** How many requests of applications are under way at most. */
  static final int SLOTS = 16_384;

  private final ReconcilerConfig reconciler;
  private final SyncActor actor;
  private final SigningQueue signing;
  private final Executor io;
  private final Semaphore slots = new Semaphore(SLOTS);
  private final Secrets secrets = new Secrets();
  private final Environment environment;

  /**
   * Starts the actor.
   *
   * @param store owned by the actor from now on
   * @param events told of every stored entry, on the actor's thread: must not block
   * @throws org.docs4j.api.StoreException if the store cannot be read; it stays open then, the caller's to close
   */
  public SyncHandle(
      ReplicaStore store, Environment environment, ReconcilerConfig reconciler, Consumer<ReplicaEvent> events) {
    this(store, environment, reconciler, events, Slice.STEPS);
  }

  /** The same with slices of at most so many steps. */
  SyncHandle(
      ReplicaStore store,
      Environment environment,
      ReconcilerConfig reconciler,
      Consumer<ReplicaEvent> events,
      int sliceSteps) {
    this.environment = environment;
    this.reconciler = reconciler;
    this.io = environment.executor().io();
    this.actor = new SyncActor(store, environment, reconciler, secrets, events, sliceSteps);
    this.signing = new SigningQueue(actor, secrets, environment.executor().compute(), io, SigningKey::findQuicker);
  }

  private <R> CompletableFuture<R> fromApplication(Action<R> action) {
    return inSlot(() -> signing.submit(action));
  }

  private <R> CompletableFuture<R> inSlot(Supplier<CompletableFuture<R>> request) {
    acquireSlot();
    CompletableFuture<R> answer;
    try {
      answer = request.get();
    } catch (RuntimeException | Error e) {
      slots.release();
      throw e;
    }
    return answer.whenComplete((result, failure) -> slots.release());
  }

  private void acquireSlot() {
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while the node was busy; nothing was done", e);
    }
  }

  /** Keeps an author's secret; durable. */
  public CompletableFuture<AuthorId> importAuthor(Author author) {
    return fromApplication(new StoreAction.ImportAuthor(author));
  }

  /** Gives an author's secret out, if it is kept. */
  public CompletableFuture<Optional<Author>> exportAuthor(AuthorId author) {
    return fromApplication(new StoreAction.ExportAuthor(author));
  }

  /** Forgets an author's secret; durable; fails with AuthorNotFoundException. */
  public CompletableFuture<AuthorId> deleteAuthor(AuthorId author) {
    return fromApplication(new StoreAction.DeleteAuthor(author));
  }

  /** The authors in order. */
  public CompletableFuture<List<AuthorId>> listAuthors() {
    return fromApplication(new StoreAction.ListAuthors());
  }

  /** Keeps a document or upgrades the right to it; durable; answers what the node may do now. */
  public CompletableFuture<Capability> importNamespace(Capability capability) {
    return fromApplication(new StoreAction.ImportNamespace(capability));
  }

  /** The capabilities of all documents in order. */
  public CompletableFuture<List<Capability>> listReplicas() {
    return fromApplication(new StoreAction.ListReplicas());
  }

  /**
   * Every content hash that an entry names at the time of this call, or a little more; collected on a snapshot, on the
   * environment's executor for what may block. Fails with StoreException if the node is closed meanwhile.
   */
  public CompletableFuture<Set<Hash>> contentHashes() {
    return fromApplication(new StoreAction.ContentHashes())
        .thenApplyAsync(
            snapshot -> {
              try (snapshot) {
                Set<Hash> hashes = new LinkedHashSet<>();
                snapshot.contentHashes(hashes::add);
                return hashes;
              }
            },
            io);
  }

  /** Makes everything so far durable. */
  public CompletableFuture<Boolean> flush() {
    return fromApplication(new StoreAction.Flush());
  }

  /**
   * Opens a replica; it stays open until each handle is given back. Fails with ReplicaNotFoundException.
   *
   * <p>Entries are read and written, and sessions run, only while it is open; they fail with ReplicaClosedException
   * otherwise. Opening it to be synced is remembered as by {@link #setSync}.
   */
  public CompletableFuture<ReplicaHandle> open(NamespaceId namespace, OpenOptions options) {
    return actor.submit(new HandleAction.Open(namespace, options), Asker.NODE);
  }

  /** Gives a handle back; answers whether it was the last one. Giving it back again does nothing; nobody has to wait. */
  public CompletionStage<Boolean> close(ReplicaHandle handle) {
    return actor.submit(new HandleAction.Close(handle.namespace(), handle), Asker.NODE);
  }

  /** Who has a replica open; fails with ReplicaClosedException if nobody has. */
  public CompletableFuture<ReplicaState> state(NamespaceId namespace) {
    return actor.submit(new HandleAction.GetState(namespace), Asker.NODE);
  }

  /**
   * Tells a subscriber of every entry of an open replica that is stored from now on, in order, until it ends that, the
   * last handle is given back, or it throws.
   *
   * @param subscriber told on the actor's thread: must not block
   * @return whether it was not told before
   */
  public CompletableFuture<Boolean> subscribe(NamespaceId namespace, Consumer<ReplicaEvent> subscriber) {
    return actor.submit(new HandleAction.Subscribe(namespace, subscriber), Asker.NODE);
  }

  /** Ends a subscription; answers whether there was one. */
  public CompletableFuture<Boolean> unsubscribe(NamespaceId namespace, Consumer<ReplicaEvent> subscriber) {
    return actor.submit(new HandleAction.Unsubscribe(namespace, subscriber), Asker.NODE);
  }

  /** Gives the secret of a document out; fails with ReadOnlyReplicaException if it is not here. */
  public CompletableFuture<NamespaceSecret> exportSecretKey(NamespaceId namespace) {
    return fromApplication(new HandleAction.ExportSecretKey(namespace));
  }

  /** What the node may do with a document; fails with ReplicaNotFoundException. */
  public CompletableFuture<Capability> capability(NamespaceId namespace) {
    return fromApplication(new HandleAction.GetCapability(namespace));
  }

  /** Writes an entry for a caller that waits; signs it on the calling thread and the actor's, unless others write as well. */
  public CompletableFuture<LocalInsert> insertLocal(
      NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    return inSlot(() -> signing.writeNow(entry(namespace, author, key, hash, length)));
  }

  /** Writes an entry for a caller that goes on at once; signs it on the computing pool, together with others. */
  public CompletableFuture<LocalInsert> insertLocalLater(
      NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    return inSlot(() -> signing.write(entry(namespace, author, key, hash, length)));
  }

  private Entry entry(NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    return new Entry(new RecordIdentifier(namespace, author, key), new Record(length, hash, environment.clock().now()));
  }

  /**
   * Writes a tombstone and removes the author's older entries at its key and at longer keys that start with it.
   *
   * <p>To whoever asks this handle, all of that happens at once, however many entries it removes and however long it
   * takes: until the answer, whatever is asked about the document waits. After a crash in the middle the rest is done at
   * the next start, before anything about the document is answered. What it removes, and the tombstone, are told to
   * subscribers and peers once it is complete.
   */
  public CompletableFuture<LocalInsert> deletePrefix(NamespaceId namespace, AuthorId author, Key prefix) {
    return fromApplication(new EntryAction.DeletePrefix(namespace, author, prefix));
  }

  /** The entry of an author at a key. */
  public CompletableFuture<Optional<Entry>> getExact(
      NamespaceId namespace, AuthorId author, Key key, boolean includeEmpty) {
    return fromApplication(new EntryAction.GetExact(namespace, author, key, includeEmpty));
  }

  /**
   * A page of a query's results, perhaps shorter than asked for, but empty only at their end. Where very many entries are
   * hidden or passed over before the next result, others may write to the document while it is looked for, but not between
   * two authors at a key.
   */
  public CompletableFuture<List<SignedEntry>> getPage(
      NamespaceId namespace, Query query, Optional<RecordIdentifier> after, int max) {
    return fromApplication(new EntryAction.GetPage(namespace, query, after, max));
  }

  /** How many entries there are. */
  public CompletableFuture<Long> count(NamespaceId namespace) {
    return fromApplication(new EntryAction.Count(namespace));
  }

  /**
   * Closes and removes a replica; durable. Once begun it is no longer listed; whatever is asked about the document waits
   * until all of it is gone. After a crash in the middle the rest is removed at the next start.
   */
  public CompletableFuture<NamespaceId> drop(NamespaceId namespace) {
    return fromApplication(new HandleAction.DropReplica(namespace));
  }

  /** Sets which content is fetched; durable. */
  public CompletableFuture<DownloadPolicy> setDownloadPolicy(NamespaceId namespace, DownloadPolicy policy) {
    return fromApplication(new NoteAction.SetDownloadPolicy(namespace, policy));
  }

  /** Which content is fetched. */
  public CompletableFuture<DownloadPolicy> downloadPolicy(NamespaceId namespace) {
    return fromApplication(new NoteAction.GetDownloadPolicy(namespace));
  }

  /** Takes an entry that gossip delivered and whose signatures hold. */
  public CompletableFuture<InsertOutcome> insertRemote(
      NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus) {
    return actor.submit(new EntryAction.InsertRemote(namespace, entry, from, contentStatus), Asker.NODE);
  }

  /**
   * The first message of a session that this side begins.
   *
   * @param split whether a large document is split already; if not, and the peer does not know what makes the difference,
   *     the session may take a message more
   */
  public CompletableFuture<RangeMessage> initialMessage(NamespaceId namespace, boolean split) {
    return actor.submit(new EntryAction.InitialMessage(namespace, split), Asker.SESSION);
  }

  /** How many entries there are, tombstones included; for sessions. */
  public CompletableFuture<Long> size(NamespaceId namespace) {
    return actor.submit(new EntryAction.Count(namespace), Asker.SESSION);
  }

  /** Begins to take a message of a session. */
  public Exchange beginExchange(NamespaceId namespace) {
    return new Reconciler(namespace, reconciler).begin();
  }

  /** Which of some entries the document holds just as they are, so that their signatures hold: a set of their places. */
  public CompletableFuture<BitSet> held(NamespaceId namespace, List<SignedEntry> entries) {
    return actor.submit(new EntryAction.GetHeld(namespace, entries), Asker.SESSION);
  }

  /**
   * Takes the next pieces of a message of a session.
   *
   * @param last whether the message ends with them: then it is answered
   */
  public CompletableFuture<TakenPieces> takePieces(
      NamespaceId namespace, Exchange exchange, CheckedPieces pieces, EndpointId from, boolean last) {
    return actor.submit(new EntryAction.TakePieces(namespace, exchange, pieces, from, last), Asker.SESSION);
  }

  /** The peers of a document that are remembered, the best first, and where they were last, if that is known. */
  public CompletableFuture<List<EndpointAddr>> syncPeers(NamespaceId namespace) {
    return actor.submit(new NoteAction.GetSyncPeers(namespace), Asker.NODE);
  }

  /**
   * Remembers a peer of a document, at most five of them, and its addresses, if there are any.
   *
   * @param proved whether it has shown to be useful: it comes before all others then, and else where there is room
   */
  public CompletableFuture<EndpointAddr> registerUsefulPeer(
      NamespaceId namespace, EndpointAddr peer, boolean proved) {
    return actor.submit(new NoteAction.RegisterUsefulPeer(namespace, peer, proved), Asker.NODE);
  }

  /** The newest timestamp of each author, of so many authors at most, from 0: those who wrote last. */
  public CompletableFuture<AuthorHeads> heads(NamespaceId namespace, int most) {
    return actor.submit(new NoteAction.GetHeads(namespace, most), Asker.NODE);
  }

  /** Of how many authors the given heads know something newer. */
  public CompletableFuture<Integer> hasNewsForUs(NamespaceId namespace, AuthorHeads heads) {
    return actor.submit(new NoteAction.HasNewsForUs(namespace, heads), Asker.NODE);
  }

  /** Content that is still to be fetched. */
  public CompletableFuture<List<Hash>> wanted(NamespaceId namespace, int max) {
    return actor.submit(new NoteAction.GetWanted(namespace, max), Asker.NODE);
  }

  /** Notes that content has arrived. */
  public CompletableFuture<Hash> contentArrived(NamespaceId namespace, Hash hash) {
    return actor.submit(new NoteAction.ContentArrived(namespace, hash), Asker.NODE);
  }

  /** Sets whether a replica is synced, as long as it is open, and notes it for the next start. */
  public CompletableFuture<Boolean> setSync(NamespaceId namespace, boolean sync) {
    return actor.submit(new HandleAction.SetSync(namespace, sync), Asker.NODE);
  }

  /** The documents that were syncing. */
  public CompletableFuture<List<NamespaceId>> syncing() {
    return actor.submit(new StoreAction.ListSyncing(), Asker.NODE);
  }

  /**
   * Refuses whatever an application asks from now on, with ReplicaClosedException, and completes once all that it has asked
   * before is done and told. Sessions and the node itself may go on asking until {@link #shutdown}.
   */
  public CompletableFuture<Boolean> endRequests() {
    signing.close();
    return actor.settle();
  }

  /**
   * Runs everything that was asked before to its end, makes it durable and closes the store; whatever is asked afterwards
   * fails with ReplicaClosedException. Fails if the last changes could not be stored.
   */
  public CompletableFuture<Boolean> shutdown() {
    signing.close();
    return actor.shutDown();
  }

  /** Shuts down and waits for it; a failure is logged. Idempotent. */
  @Override
  public void close() {
    signing.close();
    actor.close();
  }
}
