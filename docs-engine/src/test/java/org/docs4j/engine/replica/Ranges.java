package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Bound;
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
      int max = random.nextInt(5);
      List<SignedEntry> first = new ArrayList<>(in.subList(0, Math.min(max, in.size())));
      assertEquals(first, view.entries(segment, max), () -> where + " " + segment);
      if (!in.isEmpty()) {
        int at = random.nextInt(in.size());
        assertEquals(in.get(at).id(), view.select(segment, at), () -> where + " " + segment + " at " + at);
      }
    }
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
