package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.Segment;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final List<Segment> ALL = List.of(new Segment(Bound.start(), Bound.end()));

  private final RecentChanges changes = new RecentChanges();

  private static NamespaceId document(int number) {
    return new NamespaceId(new Bytes32(number, 1, 1, 1));
  }

  private static RecordIdentifier id(int document, String key) {
    return new RecordIdentifier(document(document), new AuthorId(Bytes32.ZERO), Key.of(key));
  }

  private static Fingerprint change(int number) {
    return new Fingerprint(Hash.ofContent(new byte[number]).bytes());
  }

  private void put(int document, String key, int number) {
    changes.put(document(document), id(document, key).encode(), change(number));
  }

  private static Fingerprint sum(int from, int to) {
    Fingerprint sum = Fingerprint.ZERO;
    for (int i = from; i < to; i++) {
      sum = sum.xor(change(i));
    }
    return sum;
  }

  private Optional<List<RecordIdentifier>> latest(int document, Fingerprint difference) {
    return changes.latest(document(document), ALL, difference);
  }

  @Test
  void latest_someOfThem_areGivenInTheirOrder() {
    put(1, "c", 1);
    put(1, "b", 2);
    put(1, "a", 3);
    assertEquals(Optional.of(List.of(id(1, "a"), id(1, "b"))), latest(1, change(2).xor(change(3))));
    assertEquals(Optional.empty(), latest(1, change(2)));
    assertEquals(Optional.empty(), latest(2, change(3)));
  }

  @Test
  void latest_twoAtOneKey_areOne() {
    put(1, "a", 1);
    put(1, "a", 2);
    assertEquals(Optional.of(List.of(id(1, "a"))), latest(1, change(1).xor(change(2))));
  }

  @Test
  void latest_ofSegments_passesOverTheRest() {
    put(1, "b", 1);
    put(1, "z", 2);
    put(1, "c", 3);
    put(1, "d", 4);
    List<Segment> segments = List.of(new Segment(new Bound.At(id(1, "b")), new Bound.At(id(1, "d"))));
    assertEquals(
        Optional.of(List.of(id(1, "b"), id(1, "c"))), changes.latest(document(1), segments, change(1).xor(change(3))));
  }

  @Test
  void put_moreThanIsKept_forgetsTheOldest() {
    int count = RecentChanges.MOST + 1;
    for (int i = 0; i < count; i++) {
      put(1, "key " + (10_000 + i), i);
    }
    assertEquals(RecentChanges.MOST, latest(1, sum(1, count)).orElseThrow().size());
    assertEquals(Optional.empty(), latest(1, sum(0, count)));
  }

  @Test
  void put_longKeys_keepsFewOfThem() {
    String prefix = "k".repeat(RecentChanges.MOST_BYTES / 4);
    for (int i = 0; i < 10; i++) {
      put(1, prefix + i, i);
    }
    assertEquals(3, latest(1, sum(7, 10)).orElseThrow().size());
    assertEquals(Optional.empty(), latest(1, sum(6, 10)));
  }

  @Test
  void put_oneKeyLongerThanAllThatIsKept_isKeptAlone() {
    put(1, "a", 1);
    put(1, "k".repeat(RecentChanges.MOST_BYTES), 2);
    assertEquals(1, latest(1, change(2)).orElseThrow().size());
    assertEquals(Optional.empty(), latest(1, sum(1, 3)));
  }

  @Test
  void put_intoMoreDocumentsThanAreKept_forgetsTheOneNotUsedForLongest() {
    for (int i = 0; i < RecentChanges.DOCUMENTS; i++) {
      put(i, "a", i + 1);
    }
    latest(0, change(1));
    put(RecentChanges.DOCUMENTS, "a", 1);
    assertEquals(Optional.of(List.of(id(0, "a"))), latest(0, change(1)));
    assertEquals(Optional.empty(), latest(1, change(2)));
  }

  @Test
  void forget_oneOrAll_beginsAnew() {
    List<Integer> documents = new ArrayList<>(List.of(1, 2, 3));
    documents.forEach(document -> put(document, "a", document));
    changes.forget(document(1));
    assertEquals(Optional.empty(), latest(1, change(1)));
    assertEquals(Optional.of(List.of(id(2, "a"))), latest(2, change(2)));
    changes.forget();
    assertEquals(Optional.empty(), latest(2, change(2)));
  }
}
