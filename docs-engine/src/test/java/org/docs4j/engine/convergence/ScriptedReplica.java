package org.docs4j.engine.convergence;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.EntrySink;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.ranger.Replica;
import org.docs4j.engine.ranger.StoredReplica;

/** A replica with a clock of its own and its own choices of reconciliation. */
final class ScriptedReplica implements AutoCloseable {
  /** How far beyond its clock a replica lets entries be (WIRE 3.6). */
  private static final long FUTURE_MICROS = 600_000_000L;

  private final Replica entries;
  private final Reconciler reconciler;
  private final long skew;

  ScriptedReplica(Replica entries, ReconcilerConfig config, long skew) {
    this.entries = entries;
    this.reconciler = new Reconciler(Entries.NAMESPACE.id(), config);
    this.skew = skew;
  }

  /** By how many microseconds its clock is ahead. */
  long skew() {
    return skew;
  }

  void put(SignedEntry entry) {
    entries.put(entry);
  }

  RangeMessage initial() {
    return reconciler.initial(entries.view());
  }

  RangeMessage answer(RangeMessage message, long now) {
    Timestamp bound = new Timestamp(now + skew + FUTURE_MICROS);
    EntrySink sink =
        value ->
            value.entry().record().timestamp().isAfter(bound) ? Optional.empty() : entries.offer(value);
    return reconciler.handle(message, entries.view(), sink);
  }

  RangeView view() {
    return entries.view();
  }

  List<SignedEntry> all() {
    return entries.all();
  }

  /** The newest timestamp of each author, if it keeps them. */
  Optional<AuthorHeads> heads() {
    return entries instanceof StoredReplica stored ? Optional.of(stored.heads()) : Optional.empty();
  }

  @Override
  public void close() {
    entries.close();
  }
}
