package org.docs4j.engine.ranger;

import java.util.List;
import org.docs4j.api.model.NamespaceId;

/**
 * The rules by which two replicas become equal (WIRE 4.5 and 4.6): answers one message with the next one.
 *
 * <p>Pure and without state between messages: everything it knows comes from the view. Entries in its answers carry
 * {@link org.docs4j.api.model.ContentStatus#MISSING}; the driver puts the true status in its place.
 */
public final class Reconciler {
  private final NamespaceId namespace;
  private final ReconcilerConfig config;

  /** Reconciles a document. */
  public Reconciler(NamespaceId namespace, ReconcilerConfig config) {
    this.namespace = namespace;
    this.config = config;
  }

  /**
   * The first message of an initiator (WIRE 4.5): one fingerprint of everything, or as it would be answered by a peer
   * that has the same: split already, which saves a message. A peer takes it as any other.
   */
  public RangeMessage initial(RangeView view) {
    Range all = all(view);
    Answer answer = new Answer(namespace, config, view);
    answer.begin(all, answer.summary(all));
    return answer.toMessage();
  }

  /**
   * The first message of an initiator to a peer that probably knows what makes the difference: one fingerprint of
   * everything, the shortest there is. If the peer has to split it, that may take a message more.
   */
  public RangeMessage initialWhole(RangeView view) {
    RangeSummary ours = view.summary(new Segment(Bound.start(), Bound.end()));
    return new RangeMessage(List.of(new Part.RangeFingerprint(all(view), ours.fingerprint())));
  }

  private static Range all(RangeView view) {
    return Range.all(view.smallest().orElse(Range.ZERO));
  }

  /** Begins to take a message that arrives in pieces. */
  public Exchange begin() {
    return new Exchange(namespace, config);
  }

  /**
   * Takes a message and answers it: items first, in order, then fingerprints, so that what was just stored counts.
   *
   * <p>Offers every entry to the sink, and answers within the budget. Of a message with more than 16384 parts that ask for
   * an answer, the last ones are not answered, nor are ranges whose ends exceed 16 MiB: they come up again in a next
   * session. Two nodes of this kind stay well below that.
   *
   * @return the answer; empty when there is nothing to say
   */
  public RangeMessage handle(RangeMessage message, RangeView view, EntrySink sink) {
    Exchange exchange = begin();
    for (Part part : message.parts()) {
      Piece piece = Piece.of(part);
      while (!exchange.take(piece, view, sink, () -> false)) {
        // The sink has more to do for an entry.
      }
    }
    exchange.finish(view, () -> false);
    return exchange.reply();
  }
}
