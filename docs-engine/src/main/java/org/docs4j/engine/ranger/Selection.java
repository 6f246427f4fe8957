package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;

/**
 * Entries of some segments, in iteration order, as far as a budget of bytes allows.
 *
 * @param entries what was selected
 * @param rest what of the segments was not looked at any more
 * @param bytes about how much the selected entries take on the wire
 */
record Selection(List<SignedEntry> entries, List<Segment> rest, long bytes) {
  /** How many rows are read at once. */
  private static final int PAGE = 256;

  /** What an entry takes besides its identifier, rounded up: signatures, lengths, hash, time. */
  private static final int ENTRY_OVERHEAD_BYTES = 192;

  /**
   * Selects until the budget is used up; at least one entry, so that every message brings the peers closer.
   *
   * <p>Reads what it selects, what is not wanted before that, and at most one page more.
   */
  static Selection of(
      List<Segment> segments, RangeView view, Predicate<SignedEntry> wanted, long budget) {
    List<SignedEntry> entries = new ArrayList<>();
    long bytes = 0;
    List<Segment> todo = new ArrayList<>(segments);
    while (!todo.isEmpty()) {
      Segment segment = todo.remove(0);
      EntryPage page = view.entries(segment, PAGE);
      for (SignedEntry entry : page.entries()) {
        if (!wanted.test(entry)) {
          continue;
        }
        long size = wireSize(entry);
        if (bytes + size > budget && !entries.isEmpty()) {
          todo.add(0, new Segment(new Bound.At(entry.id()), segment.to()));
          return new Selection(entries, todo, bytes);
        }
        entries.add(entry);
        bytes += size;
      }
      if (page.more()) {
        List<SignedEntry> read = page.entries();
        Optional<Segment> more = segment.after(read.get(read.size() - 1).id());
        more.ifPresent(next -> todo.add(0, next));
      }
    }
    return new Selection(entries, List.of(), bytes);
  }

  /** Passes what the given values do not show the peer to hold already (WIRE 4.6, step 1). */
  static Predicate<SignedEntry> unlessKnown(List<Part.Value> values) {
    if (values.isEmpty()) {
      return entry -> true;
    }
    Map<RecordIdentifier, Record> known = new HashMap<>(values.size() * 2);
    for (Part.Value value : values) {
      known.merge(value.entry().id(), value.entry().record(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    return entry -> {
      Record theirs = known.get(entry.id());
      return theirs == null || theirs.compareTo(entry.record()) < 0;
    };
  }

  static long wireSize(SignedEntry entry) {
    return entry.id().size() + (long) ENTRY_OVERHEAD_BYTES;
  }
}
