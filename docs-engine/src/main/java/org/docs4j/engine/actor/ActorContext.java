package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.StoreException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.replica.ReplicaStore;
import org.docs4j.engine.replica.ReplicaWriter;
import org.jspecify.annotations.Nullable;

/**
 * What actions work on: the store, with one write transaction that stays open over many actions (group commit).
 *
 * <p>Only the actor's thread touches it.
 */
final class ActorContext {
  private final ReplicaStore store;
  private final Environment environment;
  private final ReconcilerConfig reconcilerConfig;
  private final Consumer<ReplicaEvent> events;
  private final Set<NamespaceId> changed = new TreeSet<>();
  private final Map<NamespaceId, Throwable> losses = new TreeMap<>();
  private @Nullable ReplicaWriter group;
  private boolean written;
  private final Secrets secrets;
  private Timestamp lastWrite = Timestamp.EPOCH;

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
  }

  /** The view that shows every action before this one. */
  ReplicaReader reader() {
    return open();
  }

  /** The same view for changing it; from now on a failure of the action undoes the group. */
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
      changed.add(on.namespace());
    }
  }

  boolean hasWritten() {
    return written;
  }

  /** Remembers that the changes of the group are lost. */
  void noteLoss(Throwable cause) {
    secrets.clear();
    changed.forEach(namespace -> losses.put(namespace, cause));
    changed.clear();
  }

  /** Fails the first action on a replica after changes of it were lost. */
  void throwLoss(Action<?> action) {
    if (action instanceof ReplicaAction<?> on) {
      Throwable cause = losses.remove(on.namespace());
      if (cause != null) {
        throw new StoreException(
            "the last changes to the document " + on.namespace().shortText() + " were lost: " + cause.getMessage(),
            cause);
      }
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
   * Local writes carry times that never go back, as long as the clock does not: who has seen an author's newest entry has
   * seen the older ones.
   */
  void noteWrite(Timestamp time) {
    lastWrite = time;
  }

  void emit(ReplicaEvent event) {
    events.accept(event);
  }

  /** Ends the group: everything so far is kept. */
  void commit(Durability durability) {
    ReplicaWriter open = group;
    if (open != null) {
      group = null;
      try (open) {
        open.commit(durability);
      }
      changed.clear();
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
