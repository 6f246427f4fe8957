package org.docs4j.engine.ranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.junit.jupiter.api.Test;

class RangeTest {
  private static RecordIdentifier id(int namespace, int author, int key) {
    return new RecordIdentifier(
        new NamespaceId(new Bytes32(0, 0, 0, namespace)),
        new AuthorId(new Bytes32(0, 0, 0, author)),
        Key.of(new byte[] {(byte) key}));
  }

  /** The segments hold exactly what the range contains of the namespace, and never anything of another one. */
  @Test
  void segments_anyRange_holdWhatTheRangeContains() {
    List<RecordIdentifier> ids = new ArrayList<>();
    for (int namespace = 0; namespace < 4; namespace++) {
      for (int author = 0; author < 3; author++) {
        for (int key = 0; key < 3; key++) {
          ids.add(id(namespace, author, key));
        }
      }
    }
    ids.add(Range.ZERO);
    Random random = new Random(11);
    NamespaceId namespace = id(2, 0, 0).namespace();
    for (int i = 0; i < 2000; i++) {
      Range range = new Range(ids.get(random.nextInt(ids.size())), ids.get(random.nextInt(ids.size())));
      List<Segment> segments = range.segments(namespace);
      for (RecordIdentifier id : ids) {
        boolean inside = segments.stream().anyMatch(segment -> holds(segment, id));
        if (id.namespace().equals(namespace)) {
          assertEquals(range.contains(id), inside, range + " " + id);
        }
      }
      for (Segment segment : segments) {
        assertTrue(
            isOf(segment.from(), namespace) && isOf(segment.to(), namespace), "a bound outside of the namespace");
      }
    }
  }

  private static boolean isOf(Bound bound, NamespaceId namespace) {
    return !(bound instanceof Bound.At at) || at.id().namespace().equals(namespace);
  }

  private static boolean holds(Segment segment, RecordIdentifier id) {
    Bound at = new Bound.At(id);
    return segment.from().compareTo(at) <= 0 && at.compareTo(segment.to()) < 0;
  }
}
