package org.docs4j.engine.ranger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/**
 * A reply in the making: its parts, and what is left of the budget, of which every part takes its size on the wire.
 *
 * <p>Once the budget is used up, whatever differs is put off: it goes as one fingerprint of its whole range, by which the
 * peer asks for it again. The first range that differs is always dealt with, so each message of an exchange leaves less to
 * do, even if both sides have a small budget.
 *
 * <p>With {@link #MAX_PARTS} parts under way nothing but the first range is split, and neighbours that are put off become
 * one range again. What there is beyond {@link #MAX_EXAMINED} or {@link #MAX_PUT_OFF_BYTES} is left out; it comes up again
 * in a next session.
 */
final class Answer {
  /** Of how many parts of a message the ranges are looked up. */
  static final int MAX_EXAMINED = 16_384;

  /**
   * How many parts are under way at most, as far as it is up to us: those of the answer and those still to answer, but for
   * the few hundred of {@link LatestEntries} and of the ranges that are compared first.
   */
  static final int MAX_PARTS = 8192;

  /** How many bytes of ranges are put off at most. */
  static final long MAX_PUT_OFF_BYTES = 16 << 20;

  /** How many bytes the ends of sub-ranges may take that are more, or earlier, than the usual ones: some first packets. */
  static final int MAX_FINE_BYTES = 16 << 10;

  /** What a part takes besides the ends of its range, rounded up: its kind, a fingerprint, lengths. */
  static final int PART_OVERHEAD_BYTES = 48;

  private final NamespaceId namespace;
  private final ReconcilerConfig config;
  private final List<Part> parts = new ArrayList<>();
  private final ArrayDeque<Range> later = new ArrayDeque<>();
  private RangeView view;
  private int splitWidth;
  private int itemLimit;
  private int expected;
  private int examined;
  private long bytes;
  private boolean full;
  private long vainBytes;
  private long laterBytes;
  private long putOffBytes;
  private int lastPutOff;
  private RangeSummary lastSummary = RangeSummary.NONE;

  Answer(NamespaceId namespace, ReconcilerConfig config, RangeView view) {
    this.namespace = namespace;
    this.config = config;
    this.view = view;
    this.splitWidth = config.splitWidth();
    this.itemLimit = config.itemLimit();
  }

  /**
   * Shares the parts of an answer among the ranges that differ, so that few of them are split at once into as many as
   * fit into the first packets of a connection.
   *
   * @param differing how many they are, from 0
   */
  void share(int differing) {
    int each = config.isShared() && differing > 0 ? config.parts() / differing : 0;
    splitWidth = Math.max(config.splitWidth(), each);
    itemLimit = Math.max(config.itemLimit(), each);
  }

  /** Up to how many entries a range is sent as items. */
  int itemLimit() {
    return itemLimit;
  }

  /**
   * Begins a session with fingerprints of everything: of half as many sub-ranges as a single range is split into, if their
   * ends are short, since most sessions find nothing that differs; else with one.
   */
  void begin(Range all, RangeSummary ours) {
    long width = Math.min(config.parts() / 2, ours.count() / config.itemLimit());
    if (config.isShared() && width >= 2) {
      List<Range> ranges = subRanges(all, ours.count(), (int) width);
      if (wireSize(ranges) <= Math.min(MAX_FINE_BYTES, budgetLeft())) {
        ranges.forEach(part -> fingerprint(part, summary(part)));
        return;
      }
    }
    fingerprint(all, ours);
  }

  /** From now on answers by this view. */
  void look(RangeView current) {
    view = current;
  }

  RangeView view() {
    return view;
  }

  /** Tells how many further parts of the message ask for an answer, so that there is room for all of them. */
  void expect(int count) {
    expected = Math.min(examined + count, MAX_EXAMINED);
  }

  /** Counts a part that asks for an answer; returns whether it is still looked at. */
  boolean examine() {
    if (examined == MAX_EXAMINED) {
      return false;
    }
    examined++;
    return true;
  }

  /** Whether there is nothing left of the budget. */
  boolean isFull() {
    return full || bytes >= config.messageBudget();
  }

  RangeSummary summary(Range range) {
    RangeSummary sum = RangeSummary.NONE;
    for (Segment segment : range.segments(namespace)) {
      sum = sum.plus(view.summary(segment));
    }
    return sum;
  }

  /** How many bytes the answer may still take. */
  long budgetLeft() {
    return config.messageBudget() - bytes;
  }

  /** Takes what was selected from the budget, all of it if not all could be selected. */
  void takeBytes(long selected, boolean exhausted) {
    bytes += selected;
    full |= exhausted;
  }

  /** Counts entries of ours that were looked for, and that the peer turned out not to want. */
  void addVain(long selected) {
    vainBytes += selected;
  }

  /** Whether as much was looked for in vain as the answer may take. */
  boolean isVain() {
    return vainBytes >= config.messageBudget();
  }

  /** Selects our entries of a range and takes them from the budget, of which there is something left. */
  private Selection take(Range range) {
    Selection selection = Selection.of(range.segments(namespace), view, entry -> true, budgetLeft());
    takeBytes(selection.bytes(), !selection.rest().isEmpty());
    return selection;
  }

  /** Takes an entry that belongs to no selection from the budget, if something is left. */
  boolean takeExtra(SignedEntry entry) {
    if (isFull()) {
      return false;
    }
    bytes += Selection.wireSize(entry);
    return true;
  }

  /** Adds fingerprints of the ranges once everything received is stored. */
  void fingerprintLater(List<Range> ranges) {
    for (Range range : ranges) {
      if (laterBytes < MAX_PUT_OFF_BYTES) {
        later.add(range);
        laterBytes += wireSize(range);
      }
    }
  }

  /** Adds one of these fingerprints; returns whether there was one. */
  boolean addNextFingerprint() {
    Range next = later.poll();
    if (next != null) {
      putOff(next);
    }
    return next != null;
  }

  private void putOff(Range range) {
    if (putOffBytes < MAX_PUT_OFF_BYTES) {
      putOff(range, summary(range));
    }
  }

  /** Leaves a range that differs to the next messages. */
  void putOff(Range range, RangeSummary ours) {
    boolean neighbour = lastPutOff > 0 && lastPutOff == parts.size() && parts.get(lastPutOff - 1).range().y().equals(range.x());
    if (neighbour && underWay() >= MAX_PARTS) {
      Range both = new Range(parts.get(lastPutOff - 1).range().x(), range.y());
      lastSummary = lastSummary.plus(ours);
      parts.set(lastPutOff - 1, new Part.RangeFingerprint(both, lastSummary.fingerprint()));
    } else if (putOffBytes < MAX_PUT_OFF_BYTES) {
      fingerprint(range, ours);
      putOffBytes += wireSize(range);
      lastPutOff = parts.size();
      lastSummary = ours;
    }
  }

  private long underWay() {
    return parts.size() + (long) later.size() + expected - examined;
  }

  void items(Range range, List<SignedEntry> entries, boolean haveLocal) {
    List<Part.Value> values = new ArrayList<>(entries.size());
    entries.forEach(entry -> values.add(new Part.Value(entry, ContentStatus.MISSING)));
    parts.add(new Part.RangeItem(range, values, haveLocal));
    bytes += wireSize(range);
  }

  /**
   * Adds all our entries of a range as far as the budget allows.
   *
   * @param known whether it is known what the peer has there, so that it is not asked for that
   */
  void allItems(Range range, boolean known) {
    Selection selection = take(range);
    items(range, selection.entries(), known || !selection.rest().isEmpty());
    selection.rest().forEach(segment -> putOff(segment.toRange()));
  }

  /** Adds all our entries of a range and asks for the peer's, if all of ours fit; returns whether they do. */
  boolean exchangeItems(Range range) {
    Selection selection = take(range);
    if (selection.rest().isEmpty()) {
      items(range, selection.entries(), false);
      return true;
    }
    return false;
  }

  /** Whether there is room to split a range; there always is for the first one that differs. */
  boolean canSplit() {
    return parts.isEmpty() || (!isFull() && underWay() + splitWidth <= MAX_PARTS);
  }

  /**
   * Splits a range that differs (WIRE 4.6), into no more sub-ranges than the usual ones if the ends of those are long, and
   * into two if they would exceed the budget.
   *
   * @param count how many entries we have in it, at least 2
   */
  void split(Range range, long count) {
    int width = (int) Math.min(splitWidth, count);
    boolean few = count <= 2L * config.itemLimit() + 1;
    subRangesInBudget(range, count, width).forEach(part -> subRange(part, few));
  }

  private List<Range> subRangesInBudget(Range range, long count, int width) {
    List<Range> ranges = subRanges(range, count, width);
    int usual = (int) Math.min(config.splitWidth(), count);
    if (width > usual && wireSize(ranges) > Math.min(MAX_FINE_BYTES, budgetLeft())) {
      ranges = subRanges(range, count, usual);
    }
    return ranges.size() <= 2 || wireSize(ranges) <= budgetLeft() ? ranges : subRanges(range, count, 2);
  }

  private List<Range> subRanges(Range range, long count, int width) {
    return new Circle(range, count, namespace, view).split(width);
  }

  /** Adds a part of what was split; with its entries only if all parts together have few, since most parts are equal. */
  private void subRange(Range range, boolean few) {
    RangeSummary ours = summary(range);
    if (!few || ours.count() > config.itemLimit() || isFull() || !exchangeItems(range)) {
      fingerprint(range, ours);
    }
  }

  private void fingerprint(Range range, RangeSummary summary) {
    parts.add(new Part.RangeFingerprint(range, summary.fingerprint()));
    bytes += wireSize(range);
  }

  private static long wireSize(List<Range> ranges) {
    return ranges.stream().mapToLong(Answer::wireSize).sum();
  }

  static long wireSize(Range range) {
    return (long) range.x().size() + range.y().size() + PART_OVERHEAD_BYTES;
  }

  RangeMessage toMessage() {
    return new RangeMessage(parts);
  }
}
