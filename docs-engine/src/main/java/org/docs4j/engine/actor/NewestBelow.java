package org.docs4j.engine.actor;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.EntryPage;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Segment;

/** Looks for the newest timestamp of an author's entries at keys that start with a prefix. */
final class NewestBelow {
  private static final int PAGE = 256;

  private final RecordIdentifier prefix;
  private Optional<Segment> rest;
  private Timestamp newest = Timestamp.EPOCH;

  NewestBelow(RecordIdentifier prefix) {
    this.prefix = prefix;
    this.rest = Segment.of(new Bound.At(prefix), Bound.end());
  }

  /** Looks on; returns whether all was looked at. */
  boolean look(RangeView view, BooleanSupplier pause) {
    while (rest.isPresent()) {
      EntryPage page = view.entries(rest.get(), PAGE);
      for (SignedEntry entry : page.entries()) {
        if (!isBelow(entry.id())) {
          rest = Optional.empty();
          return true;
        }
        Timestamp seen = entry.record().timestamp();
        newest = seen.isAfter(newest) ? seen : newest;
      }
      List<SignedEntry> read = page.entries();
      rest = page.more() ? rest.get().after(read.get(read.size() - 1).id()) : Optional.empty();
      if (rest.isPresent() && pause.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private boolean isBelow(RecordIdentifier id) {
    return id.author().equals(prefix.author()) && id.key().startsWith(prefix.key());
  }

  Timestamp newest() {
    return newest;
  }
}
