package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one part with entries, in the making while they arrive: what we have in its range and the peer has not
 * (WIRE 4.6, step 1).
 *
 * <p>Merges what arrives with what we have, both in iteration order, so that no more than one piece has to be in memory.
 * An entry that is out of order covers nothing of ours, which at worst sends the peer what it has. Whether an answer is
 * wanted at all is known at the end only; until then nothing is taken from the budget of the message. Once as much was
 * looked for in vain, parts in pieces are put off, or a peer could have all of ours read for each of them.
 */
final class ItemAnswer {
  private final Range range;
  private final ReconcilerConfig config;
  private final List<SignedEntry> difference = new ArrayList<>();
  private final Map<RecordIdentifier, SignedEntry> parents = new LinkedHashMap<>();
  private List<Segment> todo;
  private List<Range> rest = List.of();
  private boolean exhausted;
  private long bytes;
  private long parentBytes;

  ItemAnswer(Range range, NamespaceId namespace, ReconcilerConfig config) {
    this.range = range;
    this.config = config;
    this.todo = range.segments(namespace);
  }

  Range range() {
    return range;
  }

  /** Compares ours with a piece that is about to be stored: up to its last entry, or to the end of the range. */
  void compare(Piece.Items piece, Answer answer) {
    if (exhausted) {
      return;
    }
    if (answer.isFull() || (!piece.last() && answer.isVain())) {
      exhausted = true;
      rest = List.of(range);
      return;
    }
    List<Segment> now = todo;
    List<Segment> after = List.of();
    if (!piece.last()) {
      Cut cut = Cut.after(todo, piece.values());
      now = cut.before;
      after = cut.after;
    }
    long budget = answer.budgetLeft() - bytes;
    if (budget <= 0) {
      exhaust(now, after);
      return;
    }
    Selection ours = Selection.of(now, answer.view(), Selection.unlessKnown(piece.values()), budget);
    difference.addAll(ours.entries());
    bytes += ours.bytes();
    todo = after;
    if (!ours.rest().isEmpty()) {
      exhaust(ours.rest(), after);
    }
  }

  private void exhaust(List<Segment> first, List<Segment> second) {
    List<Segment> all = new ArrayList<>(first);
    for (Segment next : second) {
      int end = all.size() - 1;
      if (end >= 0 && all.get(end).to().equals(next.from())) {
        all.set(end, new Segment(all.get(end).from(), next.to()));
      } else {
        all.add(next);
      }
    }
    exhausted = true;
    rest = all.stream().map(Segment::toRange).toList();
  }

  /** Notes an entry that protects the place of one that the peer offered; told before the piece is forgotten. */
  void protect(SignedEntry parent, Piece.Items piece, Answer answer) {
    if (!config.addParents() || bytes + parentBytes >= answer.budgetLeft()) {
      return;
    }
    if (!isShown(parent, piece) && parents.put(parent.id(), parent) == null) {
      parentBytes += Selection.wireSize(parent);
    }
  }

  /** Whether the peer has just shown to hold an entry itself. */
  private static boolean isShown(SignedEntry parent, Piece.Items piece) {
    @Nullable SignedEntry shown = null;
    for (Part.Value value : piece.values()) {
      if (value.entry().id().equals(parent.id())) {
        shown = value.entry();
      }
    }
    return shown != null && shown.record().compareTo(parent.record()) >= 0;
  }

  /** How many bytes of ours were found, which the peer gets only if it wants an answer. */
  long bytes() {
    return bytes;
  }

  /** Adds what was found to the answer. */
  void addTo(Answer answer) {
    answer.takeBytes(bytes, exhausted);
    answer.fingerprintLater(rest);
    difference.forEach(entry -> parents.remove(entry.id()));
    parents.values().stream().filter(answer::takeExtra).forEach(difference::add);
    if (!difference.isEmpty()) {
      answer.items(range, difference, true);
    }
  }

  /**
   * Adds only what protects the place of an entry, where the peer wants no answer: a real node that let older entries live
   * again hands them over like that, and has to see their deletion once more (WIRE 11.14).
   */
  void addParentsTo(Answer answer) {
    List<SignedEntry> protecting = parents.values().stream().filter(answer::takeExtra).toList();
    if (!protecting.isEmpty()) {
      answer.items(range, protecting, true);
    }
  }

  /** Segments in iteration order, cut behind the furthest of some entries. */
  private record Cut(List<Segment> before, List<Segment> after) {
    static Cut after(List<Segment> segments, List<Part.Value> values) {
      int at = -1;
      Optional<RecordIdentifier> furthest = Optional.empty();
      for (Part.Value value : values) {
        RecordIdentifier id = value.entry().id();
        for (int i = Math.max(at, 0); i < segments.size(); i++) {
          boolean further = i > at || furthest.isEmpty() || id.compareTo(furthest.get()) > 0;
          if (further && segments.get(i).contains(id)) {
            at = i;
            furthest = Optional.of(id);
          }
        }
      }
      if (furthest.isEmpty()) {
        return new Cut(List.of(), segments);
      }
      Segment in = segments.get(at);
      List<Segment> before = new ArrayList<>(segments.subList(0, at));
      List<Segment> after = new ArrayList<>(segments.subList(at + 1, segments.size()));
      Optional<Segment> behind = in.after(furthest.get());
      behind.ifPresent(more -> after.add(0, more));
      before.add(new Segment(in.from(), behind.map(Segment::from).orElse(in.to())));
      return new Cut(before, after);
    }
  }
}
