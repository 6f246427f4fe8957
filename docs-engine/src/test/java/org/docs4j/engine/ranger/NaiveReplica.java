package org.docs4j.engine.ranger;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;

/** A replica in a sorted map, with the insert rule written down as WIRE 3.3 says it: the model that others are held to. */
public class NaiveReplica implements RangeView, Replica {
  private final TreeMap<RecordIdentifier, SignedEntry> entries = new TreeMap<>();

  @Override
  public final List<SignedEntry> all() {
    return List.copyOf(entries.values());
  }

  @Override
  public final RangeView view() {
    return this;
  }

  @Override
  public final Optional<SignedEntry> put(SignedEntry entry) {
    for (SignedEntry other : entries.values()) {
      if (protects(other, entry)) {
        return Optional.of(other);
      }
    }
    entries
        .values()
        .removeIf(
            other ->
                sameAuthor(other, entry)
                    && other.id().key().startsWith(entry.id().key())
                    && other.record().compareTo(entry.record()) <= 0);
    entries.put(entry.id(), entry);
    return Optional.empty();
  }

  /** Puts an entry whatever the rule says. */
  public final void load(SignedEntry entry) {
    entries.put(entry.id(), entry);
  }

  /** Whether an entry that is here forbids another one's place. */
  protected boolean protects(SignedEntry other, SignedEntry entry) {
    return sameAuthor(other, entry)
        && entry.id().key().startsWith(other.id().key())
        && entry.record().compareTo(other.record()) <= 0;
  }

  private static boolean sameAuthor(SignedEntry a, SignedEntry b) {
    return a.id().namespace().equals(b.id().namespace()) && a.id().author().equals(b.id().author());
  }

  private List<SignedEntry> in(Segment segment) {
    NavigableMap<RecordIdentifier, SignedEntry> in = entries;
    if (segment.from() instanceof Bound.At from) {
      in = in.tailMap(from.id(), true);
    }
    if (segment.to() instanceof Bound.At to) {
      in = in.headMap(to.id(), false);
    }
    return List.copyOf(in.values());
  }

  @Override
  public Optional<RecordIdentifier> smallest() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.firstKey());
  }

  @Override
  public RangeSummary summary(Segment segment) {
    RangeSummary sum = RangeSummary.NONE;
    for (SignedEntry entry : in(segment)) {
      sum = sum.plus(new RangeSummary(1, entry.entry().fingerprint()));
    }
    return sum;
  }

  @Override
  public RecordIdentifier select(Segment segment, long index) {
    return in(segment).get((int) index).id();
  }

  @Override
  public EntryPage entries(Segment segment, int max) {
    List<SignedEntry> found = in(segment);
    return new EntryPage(found.subList(0, Math.min(max, found.size())), found.size() > max);
  }
}
