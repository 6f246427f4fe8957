package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;

/** A replica in a sorted map, with the insert rule written down as WIRE 3.3 says it: the model that others are held to. */
public final class NaiveReplica implements RangeView, EntrySink {
  private final TreeMap<RecordIdentifier, SignedEntry> entries = new TreeMap<>();

  /** All entries in order. */
  public List<SignedEntry> all() {
    return List.copyOf(entries.values());
  }

  @Override
  public Optional<SignedEntry> offer(Part.Value value) {
    return put(value.entry());
  }

  /** Applies the insert rule; returns the parent that forbids it. */
  public Optional<SignedEntry> put(SignedEntry entry) {
    for (SignedEntry other : entries.values()) {
      if (sameAuthor(other, entry)
          && entry.id().key().startsWith(other.id().key())
          && entry.record().compareTo(other.record()) <= 0) {
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

  private static boolean sameAuthor(SignedEntry a, SignedEntry b) {
    return a.id().namespace().equals(b.id().namespace()) && a.id().author().equals(b.id().author());
  }

  private List<SignedEntry> in(Segment segment) {
    List<SignedEntry> found = new ArrayList<>();
    for (SignedEntry entry : entries.values()) {
      Bound at = new Bound.At(entry.id());
      if (segment.from().compareTo(at) <= 0 && at.compareTo(segment.to()) < 0) {
        found.add(entry);
      }
    }
    return found;
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
