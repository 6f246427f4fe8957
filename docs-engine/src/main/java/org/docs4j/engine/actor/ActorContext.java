package org.docs4j.engine.actor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
import org.docs4j.engine.replica.Unfinished;
import org.jspecify.annotations.Nullable;

/**
 * What actions work on: the store, with one write transaction that stays open over many actions (group commit).
 *
 * <p>Only the actor's thread touches it.
 */
final class ActorContext {
  private static final System.Logger LOG = System.getLogger(ActorContext.class.getName());

  private final ReplicaStore store;
  private final Environment environment;
  private final ReconcilerConfig reconcilerConfig;
  private final Consumer<ReplicaEvent> events;
  private final Losses losses = new Losses();
  private final Map<NamespaceId, Unfinished> unfinished = new TreeMap<>();
  private final OpenReplicas replicas = new OpenReplicas();
  private @Nullable ReplicaWriter group;
  private boolean written;
  private final Secrets secrets;
  private Timestamp lastWrite = Timestamp.EPOCH;
  private final IncompleteWrites incomplete = new IncompleteWrites();

  ActorContext(
      ReplicaStore store,
      Environment environment,
      ReconcilerConfig reconcilerConfig,
      Secrets secrets,
      Consumer<ReplicaEvent> events) {
    this.store = store;
    this.secrets = secrets;
    this.environment = environment;
    this.reconcilerConfig = reconcilerConfig;
    this.events = events;
    readUnfinished();
  }

  /** Who has which replica open. */
  OpenReplicas replicas() {
    return replicas;
  }

  /** A replica that somebody has open. */
  OpenReplica replica(NamespaceId namespace) {
    OpenReplica replica = replicas.find(namespace);
    if (replica == null) {
      capability(namespace);
      throw new ReplicaClosedException("the document " + namespace.shortText() + " is not open");
    }
    return replica;
  }

  /** A replica that somebody has open to be synced. */
  void syncedReplica(NamespaceId namespace) {
    if (!replica(namespace).isSync()) {
      throw new ReplicaClosedException("the document " + namespace.shortText() + " is not synced at the moment");
    }
  }

  /** The view that shows every action before this one. */
  ReplicaReader reader() {
    return open();
  }

  /** Whether a time is newer than everything in a document; false also if it would take long to tell. */
  boolean isNewest(NamespaceId namespace, Timestamp time) {
    return open().isNewest(namespace, time);
  }

  /** The same view for changing it, for when nothing refuses the action any more: from now on a failure undoes the group. */
  ReplicaWriter writer() {
    written = true;
    return open();
  }

  void beginAction() {
    written = false;
  }

  /** Notes which replica the action has changed, if any. */
  void endAction(Action<?> action) {
    if (written && action instanceof ReplicaAction<?> on) {
      losses.noteChange(on.namespace());
    }
  }

  boolean hasWritten() {
    return written;
  }

  /** Remembers that the changes of the group are lost. Never fails. */
  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the loss is noted
  void noteLoss(Throwable cause) {
    secrets.clear();
    incomplete.clear();
    losses.lose(cause);
    try {
      readUnfinished();
    } catch (RuntimeException | Error e) {
      // What is known to be unfinished is tried before anything else on these documents, and fails then if need be.
      LOG.log(System.Logger.Level.ERROR, "it is not known what is unfinished in the store", e);
    }
  }

  private void readUnfinished() {
    try (ReplicaReader committed = store.read()) {
      List<Unfinished> works = committed.unfinished();
      unfinished.clear();
      works.forEach(work -> unfinished.put(work.namespace(), work));
    }
  }

  /** The documents on which something is to be finished before anything else. */
  Set<NamespaceId> unfinished() {
    return unfinished.keySet();
  }

  /** Goes on with what is unfinished on a document; returns whether all is done. */
  boolean finish(NamespaceId namespace, Slice slice) {
    Unfinished work = unfinished.get(namespace);
    if (work instanceof Unfinished.Put put) {
      Optional<InsertOutcome> outcome = put(put.entry(), removed -> {}, slice);
      if (outcome.isPresent() && outcome.get() instanceof InsertOutcome.Inserted) {
        noteWanted(put.entry());
      }
      return outcome.isPresent();
    }
    return work == null || drop(namespace, slice);
  }

  /**
   * Puts an entry that is still being signed, so that {@link #complete} has to be called before any entry is read but to put
   * more like it.
   *
   * @return whether it was put; if not, it is to be put signed
   */
  boolean putUnsigned(Signing signing, NamespaceSecret namespace, Author author) {
    Optional<ReplicaWriter.Unsigned> place = writer().putUnsigned(signing.entry());
    if (place.isEmpty()) {
      return false;
    }
    incomplete.add(signing, place.get(), namespace, author);
    if (!signing.noteStored()) {
      complete();
    }
    return true;
  }

  /** Whether something is stored unsigned. */
  boolean isIncomplete() {
    return !incomplete.isEmpty();
  }

  /** Makes signatures that nobody has begun of what is stored unsigned; returns whether all are there now. */
  boolean helpToSign() {
    return incomplete.helpToSign();
  }

  /** Completes what was stored unsigned, with signatures made here where they are not there yet, and tells of it. */
  void complete() {
    if (incomplete.isEmpty()) {
      return;
    }
    boolean before = written;
    written = true; // so that a failure is taken for the loss that it is
    incomplete.complete(this::emit);
    written = before;
  }

  /** Puts an entry; empty if the slice ended before: then the same call goes on with it, at a later turn or start. */
  Optional<InsertOutcome> put(SignedEntry entry, Consumer<SignedEntry> removed, Slice slice) {
    complete();
    Optional<InsertOutcome> outcome = writer().put(entry, removed, slice);
    note(new Unfinished.Put(entry), outcome.isPresent());
    return outcome;
  }

  /** Removes a replica; returns whether all of it, and if not, the same call goes on with it. */
  boolean drop(NamespaceId namespace, Slice slice) {
    forgetSecrets();
    boolean done = writer().drop(namespace, slice);
    note(new Unfinished.Drop(namespace), done);
    if (done) {
      replicas.closeAll(namespace);
    }
    return done;
  }

  /** The mark is stored in the same group as the part that is done, so none is ever committed without the other. */
  private void note(Unfinished work, boolean done) {
    if (!done) {
      writer().mark(work);
      unfinished.put(work.namespace(), work);
    } else if (!unfinished.isEmpty() && unfinished.remove(work.namespace()) != null) {
      writer().unmark(work.namespace());
    }
  }

  /** Notes the content of a stored entry as wanted, if the policy says so; returns whether it does. */
  boolean noteWanted(SignedEntry entry) {
    NamespaceId namespace = entry.id().namespace();
    boolean wanted = !entry.entry().isEmpty() && reader().policy(namespace).wants(entry.id().key());
    if (wanted) {
      writer().putWanted(namespace, entry.record().hash());
    }
    return wanted;
  }

  /** A snapshot of everything so far, for any thread; the caller's to close. */
  ReplicaReader snapshot() {
    if (isOpen()) {
      written = true; // so that a failure is taken for the loss that it is
      commit(Durability.LAZY);
    }
    return store.read();
  }

  /** Fails the first action of the application and of a session on a replica after changes of it were lost. */
  void throwLoss(Action<?> action, Asker asker) {
    if (action instanceof ReplicaAction<?> on) {
      losses.throwUntold(on.namespace(), asker);
    }
  }

  private ReplicaWriter open() {
    ReplicaWriter open = group;
    if (open == null) {
      open = store.write();
      group = open;
    }
    return open;
  }

  boolean isOpen() {
    return group != null;
  }

  /** The right to a document, which is thereby known to be kept. */
  Capability capability(NamespaceId namespace) {
    return secrets.capability(
        namespace,
        () ->
            reader()
                .capability(namespace)
                .orElseThrow(
                    () -> new ReplicaNotFoundException("the document " + namespace.shortText() + " is not kept here")));
  }

  /** The secret of an author, which is thereby known to be kept. */
  Author author(AuthorId author) {
    return secrets.author(
        author,
        () ->
            reader()
                .author(author)
                .orElseThrow(
                    () -> new AuthorNotFoundException("the author " + author.shortText() + " is not kept here")));
  }

  /** To be called by whatever changes capabilities or authors. */
  void forgetSecrets() {
    secrets.clear();
  }

  Reconciler reconciler(NamespaceId namespace) {
    return new Reconciler(namespace, reconcilerConfig);
  }

  Timestamp now() {
    return environment.clock().now();
  }

  /** The time of the last write of an author of this node. */
  Timestamp lastWrite() {
    return lastWrite;
  }

  /**
   * Local writes carry times that do not go back, as long as the clock does not and none had to exceed an entry from the
   * future: who has seen an author's newest entry has seen the older ones.
   */
  void noteWrite(Timestamp time) {
    lastWrite = time;
  }

  void emit(ReplicaEvent event) {
    events.accept(event);
    replicas.tell(event);
  }

  /** Ends the group: everything so far is kept. */
  void commit(Durability durability) {
    ReplicaWriter open = group;
    if (open != null) {
      group = null;
      try (open) {
        complete();
        open.commit(durability);
      }
      losses.keep();
    } else if (durability == Durability.SYNC) {
      store.sync();
    }
  }

  /** Ends the group: everything since the last commit is undone. */
  void rollback() {
    secrets.clear();
    ReplicaWriter open = group;
    group = null;
    if (open != null) {
      open.close();
    }
  }
}
