package org.docs4j.engine.actor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.engine.ranger.EntrySink;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.RangeView;

/** Takes pieces of a message and, after the last ones, answers it. */
final class Taking implements Work<TakenPieces> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final Exchange exchange;
  private final CheckedPieces checked;
  private final EndpointId from;
  private final boolean last;
  private final Timestamp now;
  private final Map<ValidationFailure, Long> refused = new EnumMap<>(ValidationFailure.class);
  private int piece;
  private int offered;
  private long stored;
  private boolean logged;

  Taking(
      ActorContext context,
      NamespaceId namespace,
      Exchange exchange,
      CheckedPieces checked,
      EndpointId from,
      boolean last) {
    context.replica(namespace);
    this.context = context;
    this.namespace = namespace;
    this.exchange = exchange;
    this.checked = checked;
    this.from = from;
    this.last = last;
    this.now = context.now();
  }

  @Override
  public boolean advance(Slice slice) {
    RangeView view = context.reader().range(namespace);
    Sink sink = new Sink(slice);
    int pieces = checked.pieces().size();
    while (piece < pieces) {
      Piece next = checked.pieces().get(piece);
      if (!exchange.take(next, view, sink, slice)) {
        return false;
      }
      if (next.tooLongCount() > 0) {
        refused.merge(ValidationFailure.KEY_TOO_LONG, (long) next.tooLongCount(), Long::sum);
      }
      piece++;
      if (piece < pieces && slice.getAsBoolean()) {
        return false;
      }
    }
    if (!logged) {
      logged = true;
      RemoteWrite.log(refused, from);
    }
    return !last || exchange.finish(view, slice);
  }

  @Override
  public TakenPieces result() {
    long rejected = refused.values().stream().mapToLong(Long::longValue).sum();
    return new TakenPieces(stored, rejected, last ? exchange.reply() : RangeMessage.EMPTY);
  }

  /** Takes entries in their order, so that their number is also their place among all entries of the pieces. */
  private final class Sink implements EntrySink {
    private final Slice slice;
    private boolean again;

    Sink(Slice slice) {
      this.slice = slice;
    }

    @Override
    public Optional<SignedEntry> offer(Part.Value value) {
      Optional<InsertOutcome> outcome =
          checked.badSignature().get(offered)
              ? Optional.of(new InsertOutcome.Invalid(ValidationFailure.BAD_SIGNATURE))
              : RemoteWrite.put(context, namespace, value.entry(), from, value.contentStatus(), now, slice);
      again = outcome.isEmpty();
      if (again) {
        return Optional.empty();
      }
      offered++;
      if (outcome.get() instanceof InsertOutcome.Inserted) {
        stored++;
      } else if (outcome.get() instanceof InsertOutcome.Invalid invalid) {
        refused.merge(invalid.failure(), 1L, Long::sum);
      } else if (outcome.get() instanceof InsertOutcome.Obsolete obsolete) {
        return Optional.of(obsolete.parent());
      }
      return Optional.empty();
    }

    @Override
    public boolean wantsAgain() {
      return again;
    }
  }
}
