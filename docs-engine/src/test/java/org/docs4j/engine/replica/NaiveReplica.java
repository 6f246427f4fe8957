package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.Segment;

/** One document as a sorted map, every rule written down as it is stated. */
final class NaiveReplica {
  final TreeMap<RecordIdentifier, SignedEntry> entries = new TreeMap<>();
  final Map<AuthorId, Timestamp> heads = new HashMap<>();

  NaiveReplica copy() {
    NaiveReplica copy = new NaiveReplica();
    copy.entries.putAll(entries);
    copy.heads.putAll(heads);
    return copy;
  }

  /** The entries that would protect the place of an entry. */
  List<SignedEntry> protectors(SignedEntry e) {
    return entries.values().stream()
        .filter(p -> isPrefix(p.id(), e.id()) && e.record().compareTo(p.record()) <= 0)
        .toList();
  }

  /** Inserts what nothing protects; returns what was removed at longer keys. */
  List<SignedEntry> insert(SignedEntry e) {
    List<SignedEntry> removed =
        entries.values().stream()
            .filter(c -> isPrefix(e.id(), c.id()) && !c.id().equals(e.id()))
            .filter(c -> c.record().compareTo(e.record()) <= 0)
            .toList();
    removed.forEach(c -> entries.remove(c.id()));
    entries.put(e.id(), e);
    heads.merge(e.id().author(), e.record().timestamp(), (a, b) -> a.isAfter(b) ? a : b);
    return removed;
  }

  private static boolean isPrefix(RecordIdentifier shorter, RecordIdentifier longer) {
    return shorter.author().equals(longer.author()) && longer.key().startsWith(shorter.key());
  }

  AuthorHeads heads() {
    return AuthorHeads.of(heads);
  }

  List<SignedEntry> query(Query query) {
    Stream<SignedEntry> stream = entries.values().stream();
    stream = stream.filter(e -> query.author().isEmpty() || query.author().get().equals(e.id().author()));
    stream = stream.filter(e -> query.keys().matches(e.id().key()));
    boolean byKey = query.sort() == Query.Sort.KEY_AUTHOR;
    if (query.kind() == Query.Kind.SINGLE_LATEST_PER_KEY) {
      Comparator<SignedEntry> newest =
          Comparator.comparing(SignedEntry::record).thenComparing(e -> e.id().author());
      Map<Key, Optional<SignedEntry>> groups =
          stream.collect(Collectors.groupingBy(e -> e.id().key(), Collectors.maxBy(newest)));
      stream = groups.values().stream().map(Optional::orElseThrow);
      byKey = true;
    }
    Comparator<SignedEntry> order =
        byKey
            ? Comparator.comparing((SignedEntry e) -> e.id().key()).thenComparing(e -> e.id().author())
            : Comparator.comparing(SignedEntry::id);
    return stream
        .filter(e -> query.includeEmpty() || !e.entry().isEmpty())
        .sorted(query.descending() ? order.reversed() : order)
        .skip(query.offset())
        .limit(query.limit())
        .toList();
  }

  Optional<Timestamp> newestAround(RecordIdentifier id) {
    return entries.values().stream()
        .filter(
            e -> e.id().key().equals(id.key()) || isPrefix(e.id(), id))
        .map(e -> e.record().timestamp())
        .max(Comparator.naturalOrder());
  }

  List<SignedEntry> in(Segment segment) {
    List<SignedEntry> in = new ArrayList<>();
    for (SignedEntry e : entries.values()) {
      Bound at = new Bound.At(e.id());
      if (segment.from().compareTo(at) <= 0 && at.compareTo(segment.to()) < 0) {
        in.add(e);
      }
    }
    return in;
  }

  RangeSummary summary(Segment segment) {
    Function<SignedEntry, RangeSummary> one = e -> new RangeSummary(1, e.entry().fingerprint());
    return in(segment).stream().map(one).reduce(new RangeSummary(0, Fingerprint.ZERO), RangeSummary::plus);
  }
}
