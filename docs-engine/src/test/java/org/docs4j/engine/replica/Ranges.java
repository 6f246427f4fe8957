package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.EntryPage;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Segment;

/** Compares a view of a document's ranges with a naive scan. */
final class Ranges {
  private Ranges() {}

  static void check(RangeView view, NaiveReplica model, NamespaceId name, Random random, String where) {
    List<SignedEntry> all = List.copyOf(model.entries.values());
    assertEquals(all.stream().findFirst().map(SignedEntry::id), view.smallest(), where);
    for (int i = 0; i < 10; i++) {
      Optional<Segment> some = Segment.of(bound(random, name, all), bound(random, name, all));
      Segment segment = some.orElse(new Segment(Bound.start(), Bound.end()));
      List<SignedEntry> in = model.in(segment);
      assertEquals(model.summary(segment), view.summary(segment), () -> where + " " + segment);
      int max = 1 + random.nextInt(5);
      EntryPage page = view.entries(segment, max);
      int size = fitting(in, max);
      assertEquals(new EntryPage(in.subList(0, size), size < in.size()), page, () -> where + " " + segment);
      if (!in.isEmpty()) {
        int at = random.nextInt(in.size());
        assertEquals(in.get(at).id(), view.select(segment, at), () -> where + " " + segment + " at " + at);
      }
    }
  }

  /** How many entries a page has: none of the entries used here is just a little shorter than 1 MiB. */
  private static int fitting(List<SignedEntry> in, int max) {
    int size = 0;
    long bytes = 0;
    while (size < Math.min(max, in.size()) && bytes < 1 << 20) {
      bytes += in.get(size).id().size();
      size++;
    }
    return size;
  }

  private static Bound bound(Random random, NamespaceId name, List<SignedEntry> all) {
    return switch (random.nextInt(6)) {
      case 0 -> Bound.start();
      case 1 -> Bound.end();
      case 2 -> new Bound.At(ReplicaPropertyTest.id(random, name));
      default ->
          all.isEmpty() ? Bound.start() : new Bound.At(all.get(random.nextInt(all.size())).id());
    };
  }
}
