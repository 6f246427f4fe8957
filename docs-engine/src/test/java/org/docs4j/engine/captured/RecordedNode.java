package org.docs4j.engine.captured;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.EntrySink;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.ranger.ReferenceReplica;
import org.docs4j.engine.ranger.StoredReplica;

/**
 * A real node of a recording, run again on our reconciliation with the real node's split: once over our replica store, and
 * once over a replica with the real nodes' insert rule, which tells where the two rules part.
 */
final class RecordedNode implements AutoCloseable {
  /** What real nodes have. */
  static final ReconcilerConfig REFERENCE = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);

  /** How far from now an entry may be. */
  private static final long FUTURE_MICROS = 600_000_000L;

  private final NamespaceId namespace;
  private final Timestamp now;
  private final Reconciler reconciler;
  private final StoredReplica ours;
  private final NaiveReplica intended = new NaiveReplica();
  private final ReferenceReplica reference = new ReferenceReplica();
  private boolean departed;

  RecordedNode(NamespaceId namespace, List<SignedEntry> entries, Timestamp now) {
    this.namespace = namespace;
    this.now = now;
    this.reconciler = new Reconciler(namespace, REFERENCE);
    this.ours = new StoredReplica(namespace);
    for (SignedEntry entry : entries) {
      ours.put(entry);
      intended.put(entry);
      reference.load(entry);
    }
    compare();
  }

  /** Whether a real node holds something else than the intended rule says, since now or before. */
  boolean departed() {
    return departed;
  }

  private void compare() {
    departed |= !ours().equals(entries(reference.all()));
  }

  /** The first message of ours and of a real node. */
  Answers initial() {
    return new Answers(reconciler.initial(ours.view()), reconciler.initial(reference));
  }

  /** The answers to a message. */
  Answers answer(RangeMessage message) {
    RangeMessage fromOurs = reconciler.handle(message, ours.view(), valid(ours, true));
    RangeMessage fromReference = reconciler.handle(message, reference, valid(reference, false));
    message.parts().forEach(part -> offer(part, valid(intended, true)));
    compare();
    return new Answers(fromOurs, fromReference);
  }

  private static void offer(Part part, EntrySink sink) {
    if (part instanceof Part.RangeItem item) {
      item.values().forEach(sink::offer);
    }
  }

  /** Checks entries as they come (WIRE 3.5); that real nodes let empty ones with a length pass is a part of their rule. */
  private EntrySink valid(EntrySink sink, boolean strict) {
    return value -> {
      SignedEntry entry = value.entry();
      boolean valid =
          entry.id().namespace().equals(namespace)
              && entry.verify()
              && !entry.record().timestamp().isAfter(new Timestamp(now.micros() + FUTURE_MICROS))
              && (!strict || entry.record().isConsistent());
      return valid ? sink.offer(value) : Optional.empty();
    };
  }

  /** What ours holds, in order. */
  List<Entry> ours() {
    return entries(ours.all());
  }

  /** What the intended rule makes of all that was there and came. */
  List<Entry> intended() {
    return entries(intended.all());
  }

  /** What a real node holds. */
  List<Entry> reference() {
    return entries(reference.all());
  }

  static List<Entry> entries(List<SignedEntry> signed) {
    return signed.stream().map(SignedEntry::entry).toList();
  }

  @Override
  public void close() {
    ours.close();
  }

  /**
   * Two answers to the same message.
   *
   * @param ours from our replica store
   * @param reference from a replica with the real nodes' insert rule
   */
  record Answers(RangeMessage ours, RangeMessage reference) {
    /** A message with the content status that each entry has among given values. */
    static RangeMessage withStatus(RangeMessage message, List<Part.Value> values) {
      Map<Entry, ContentStatus> statuses = new HashMap<>();
      values.forEach(value -> statuses.put(value.entry().entry(), value.contentStatus()));
      List<Part> parts = new ArrayList<>();
      for (Part part : message.parts()) {
        parts.add(part instanceof Part.RangeItem item ? withStatus(item, statuses) : part);
      }
      return new RangeMessage(parts);
    }

    private static Part withStatus(Part.RangeItem item, Map<Entry, ContentStatus> statuses) {
      List<Part.Value> values =
          item.values().stream()
              .map(
                  value ->
                      new Part.Value(
                          value.entry(), statuses.getOrDefault(value.entry().entry(), value.contentStatus())))
              .toList();
      return new Part.RangeItem(item.range(), values, item.haveLocal());
    }
  }
}
