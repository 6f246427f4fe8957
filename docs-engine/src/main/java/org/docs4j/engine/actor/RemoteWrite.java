package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.jspecify.annotations.Nullable;

/** The write of an entry that a peer delivered, in slices if it removes very many others. */
final class RemoteWrite implements Work<InsertOutcome> {
  private static final System.Logger LOG = System.getLogger(RemoteWrite.class.getName());

  private final ActorContext context;
  private final NamespaceId namespace;
  private final SignedEntry entry;
  private final EndpointId from;
  private final ContentStatus contentStatus;
  private final Timestamp now;
  private @Nullable InsertOutcome outcome;

  RemoteWrite(
      ActorContext context,
      NamespaceId namespace,
      SignedEntry entry,
      EndpointId from,
      ContentStatus contentStatus) {
    context.replica(namespace);
    this.context = context;
    this.namespace = namespace;
    this.entry = entry;
    this.from = from;
    this.contentStatus = contentStatus;
    this.now = context.now();
  }

  @Override
  public boolean advance(Slice slice) {
    Optional<InsertOutcome> put = put(context, namespace, entry, from, contentStatus, now, slice);
    outcome = put.orElse(null);
    if (outcome instanceof InsertOutcome.Invalid invalid) {
      log(Map.of(invalid.failure(), 1L), from);
    }
    return put.isPresent();
  }

  @Override
  public InsertOutcome result() {
    return Objects.requireNonNull(outcome);
  }

  /** Checks and stores an entry; empty if that is not done before the slice is over, and goes on with the same call. */
  static Optional<InsertOutcome> put(
      ActorContext context,
      NamespaceId namespace,
      SignedEntry entry,
      EndpointId from,
      ContentStatus contentStatus,
      Timestamp now,
      Slice slice) {
    Optional<ValidationFailure> failure = Validation.check(entry, namespace, now);
    if (failure.isPresent()) {
      return Optional.of(new InsertOutcome.Invalid(failure.get()));
    }
    Optional<InsertOutcome> outcome = context.put(entry, removed -> {}, slice);
    if (outcome.isPresent() && outcome.get() instanceof InsertOutcome.Inserted) {
      boolean wanted = context.noteWanted(entry);
      context.emit(new ReplicaEvent.Remote(namespace, entry, from, contentStatus, wanted));
    }
    return outcome;
  }

  static void log(Map<ValidationFailure, Long> refused, EndpointId from) {
    refused.forEach(
        (failure, count) ->
            LOG.log(
                System.Logger.Level.INFO, "refused {0} from {1}: {2}", count, from.shortText(), failure.sentence()));
  }
}
