package org.docs4j.engine.actor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.engine.ranger.EntrySink;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.RangeView;

/** Entries that peers deliver. */
final class RemoteWrites {
  private static final System.Logger LOG = System.getLogger(RemoteWrites.class.getName());

  private RemoteWrites() {}

  static InsertOutcome insert(
      ActorContext context, NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus) {
    context.capability(namespace);
    InsertOutcome outcome = put(context, namespace, entry, from, contentStatus, context.now());
    if (outcome instanceof InsertOutcome.Invalid invalid) {
      log(Map.of(invalid.failure(), 1L), from);
    }
    return outcome;
  }

  static TakenPieces take(
      ActorContext context,
      NamespaceId namespace,
      Exchange exchange,
      CheckedPieces checked,
      EndpointId from,
      boolean last) {
    context.capability(namespace);
    Tally tally = new Tally();
    Timestamp now = context.now();
    EntrySink sink =
        value -> {
          InsertOutcome outcome =
              checked.badSignature().get(tally.offered++)
                  ? new InsertOutcome.Invalid(ValidationFailure.BAD_SIGNATURE)
                  : put(context, namespace, value.entry(), from, value.contentStatus(), now);
          return tally.count(outcome);
        };
    RangeView view = context.reader().range(namespace);
    checked.pieces().forEach(piece -> exchange.take(piece, view, sink, () -> false));
    log(tally.refused, from);
    if (last) {
      exchange.finish(view, () -> false);
    }
    return new TakenPieces(tally.stored, tally.rejected(), last ? exchange.reply() : RangeMessage.EMPTY);
  }

  private static InsertOutcome put(
      ActorContext context,
      NamespaceId namespace,
      SignedEntry entry,
      EndpointId from,
      ContentStatus contentStatus,
      Timestamp now) {
    Optional<ValidationFailure> failure = Validation.check(entry, namespace, now);
    if (failure.isPresent()) {
      return new InsertOutcome.Invalid(failure.get());
    }
    InsertOutcome outcome = context.writer().put(entry, removed -> {});
    if (outcome instanceof InsertOutcome.Inserted) {
      boolean wanted =
          !entry.entry().isEmpty() && context.reader().policy(namespace).wants(entry.id().key());
      if (wanted) {
        context.writer().putWanted(namespace, entry.record().hash());
      }
      context.emit(new ReplicaEvent.Remote(namespace, entry, from, contentStatus, wanted));
    }
    return outcome;
  }

  private static void log(Map<ValidationFailure, Long> refused, EndpointId from) {
    refused.forEach(
        (failure, count) ->
            LOG.log(
                System.Logger.Level.INFO, "refused {0} from {1}: {2}", count, from.shortText(), failure.sentence()));
  }

  /** Counts outcomes. Entries are offered in their order, so that the count is also the place. */
  private static final class Tally {
    private int offered;
    private long stored;
    private final Map<ValidationFailure, Long> refused = new EnumMap<>(ValidationFailure.class);

    long rejected() {
      return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    Optional<SignedEntry> count(InsertOutcome outcome) {
      if (outcome instanceof InsertOutcome.Inserted) {
        stored++;
      } else if (outcome instanceof InsertOutcome.Invalid invalid) {
        refused.merge(invalid.failure(), 1L, Long::sum);
      } else if (outcome instanceof InsertOutcome.Obsolete obsolete) {
        return Optional.of(obsolete.parent());
      }
      return Optional.empty();
    }
  }
}
