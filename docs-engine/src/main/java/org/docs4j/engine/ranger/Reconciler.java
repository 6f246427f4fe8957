package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.jspecify.annotations.Nullable;

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

  /** The first message of an initiator (WIRE 4.5): one fingerprint of everything. */
  public RangeMessage initial(RangeView view) {
    Range all = Range.all(view.smallest().orElse(Range.ZERO));
    RangeSummary summary = new Answer(namespace, config, view).summary(all);
    return new RangeMessage(List.of(new Part.RangeFingerprint(all, summary.fingerprint())));
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
    Answer answer = new Answer(namespace, config, view);
    answer.expect((int) message.parts().stream().filter(Reconciler::asks).count());
    for (Part part : message.parts()) {
      if (part instanceof Part.RangeItem item) {
        handleItem(item, sink, answer);
      }
    }
    answer.addFingerprints();
    for (Part part : message.parts()) {
      if (part instanceof Part.RangeFingerprint fingerprint) {
        handleFingerprint(fingerprint, answer);
      }
    }
    return answer.toMessage();
  }

  private static boolean asks(Part part) {
    return !(part instanceof Part.RangeItem item && item.haveLocal());
  }

  private void handleItem(Part.RangeItem item, EntrySink sink, Answer answer) {
    boolean asked = !item.haveLocal() && answer.examine();
    List<SignedEntry> difference = asked ? difference(item, answer) : List.of();
    Map<RecordIdentifier, SignedEntry> parents = new LinkedHashMap<>();
    for (Part.Value value : item.values()) {
      Optional<SignedEntry> parent = sink.offer(value);
      parent.ifPresent(entry -> parents.put(entry.id(), entry));
    }
    if (config.addParents() && asked) {
      parents.keySet().removeAll(ids(difference));
      difference = new ArrayList<>(difference);
      missingAtPeer(parents, item).filter(answer::takeExtra).forEach(difference::add);
    }
    if (!difference.isEmpty()) {
      answer.items(item.range(), difference, true);
    }
  }

  /** What we have in the range of the items and the peer has not; what the budget does not allow is put off. */
  private static List<SignedEntry> difference(Part.RangeItem item, Answer answer) {
    if (answer.isFull()) {
      answer.fingerprintLater(List.of(item.range()));
      return List.of();
    }
    Selection ours = answer.take(item.range(), Selection.unlessKnown(item.values()));
    answer.fingerprintLater(ours.rest());
    return ours.entries();
  }

  /** Parents that protect a place, without those that the peer has just shown to hold itself. */
  private static Stream<SignedEntry> missingAtPeer(Map<RecordIdentifier, SignedEntry> parents, Part.RangeItem item) {
    Map<RecordIdentifier, SignedEntry> shown = new HashMap<>();
    item.values().forEach(value -> shown.put(value.entry().id(), value.entry()));
    return parents.values().stream()
        .filter(parent -> !isKnown(shown.get(parent.id()), parent));
  }

  private static boolean isKnown(@Nullable SignedEntry shown, SignedEntry parent) {
    return shown != null && shown.record().compareTo(parent.record()) >= 0;
  }

  private static List<RecordIdentifier> ids(List<SignedEntry> entries) {
    return entries.stream().map(SignedEntry::id).toList();
  }

  private void handleFingerprint(Part.RangeFingerprint part, Answer answer) {
    if (!answer.examine()) {
      return;
    }
    Range range = part.range();
    RangeSummary ours = answer.summary(range);
    if (ours.fingerprint().equals(part.fingerprint())) {
      return;
    }
    boolean peerIsEmpty = part.fingerprint().equals(Fingerprint.EMPTY_SET);
    if (answer.isFull()) {
      answer.putOff(range, ours);
    } else if (peerIsEmpty) {
      answer.allItems(range);
    } else if (ours.count() > config.itemLimit() || !answer.exchangeItems(range)) {
      if (answer.canSplit()) {
        answer.split(range, ours.count());
      } else {
        answer.putOff(range, ours);
      }
    }
  }
}
