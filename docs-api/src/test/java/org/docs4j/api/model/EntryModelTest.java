package org.docs4j.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** Order and consistency of identifiers and records; author heads. */
class EntryModelTest {
  private static final Hash LOW = Hash.of(filled(1));
  private static final Hash HIGH = Hash.of(filled(0x80));

  @Test
  void identifier_order_isThatOfItsWireForm() {
    Seeded.run(
        "identifiers",
        random -> {
          for (int i = 0; i < 2000; i++) {
            byte[] a = new byte[64 + random.nextInt(4)];
            byte[] b = new byte[64 + random.nextInt(4)];
            for (byte[] bytes : List.of(a, b)) {
              bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(3) * 127);
              bytes[bytes.length - 1] = (byte) random.nextInt(256);
            }
            RecordIdentifier left = RecordIdentifier.decode(a);
            RecordIdentifier right = RecordIdentifier.decode(b);
            assertEquals(
                Integer.signum(Arrays.compareUnsigned(a, b)), Integer.signum(left.compareTo(right)));
            assertEquals(Bytes.of(a), Bytes.of(left.encode()));
            assertEquals(a.length, left.size());
          }
        });
  }

  @Test
  void record_order_isTimestampThenHash() {
    Record base = new Record(5, LOW, new Timestamp(7));
    assertTrue(base.compareTo(new Record(5, LOW, new Timestamp(8))) < 0);
    assertTrue(base.compareTo(new Record(5, HIGH, new Timestamp(7))) < 0);
    assertTrue(base.compareTo(new Record(5, HIGH, new Timestamp(6))) > 0);
    assertTrue(new Record(5, LOW, new Timestamp(-1)).compareTo(base) > 0, "timestamps are unsigned");
  }

  @Test
  void record_length_isNoPartOfTheOrderButOfEquality() {
    Record base = new Record(5, LOW, new Timestamp(7));
    Record longer = new Record(6, LOW, new Timestamp(7));
    assertEquals(0, base.compareTo(longer));
    assertNotEquals(base, longer);
  }

  @Test
  void record_isConsistent_whenEmptyHashAndZeroLengthComeTogether() {
    assertTrue(Record.tombstone(Timestamp.EPOCH).isConsistent());
    assertTrue(Record.tombstone(Timestamp.EPOCH).isEmpty());
    assertTrue(new Record(1, LOW, Timestamp.EPOCH).isConsistent());
    assertFalse(new Record(1, Hash.EMPTY, Timestamp.EPOCH).isConsistent());
    assertFalse(new Record(0, LOW, Timestamp.EPOCH).isConsistent());
    assertTrue(new Record(1, Hash.EMPTY, Timestamp.EPOCH).isEmpty(), "the hash alone decides");
    assertFalse(new Record(0, LOW, Timestamp.EPOCH).isEmpty());
    assertTrue(new Record(-1L, LOW, Timestamp.EPOCH).isConsistent(), "lengths are unsigned");
  }

  @Test
  void entry_lengthAndSignatures_areNoPartOfTheFingerprint() {
    RecordIdentifier id = RecordIdentifier.decode(new byte[70]);
    Entry entry = new Entry(id, new Record(5, LOW, new Timestamp(7)));
    assertEquals(entry.fingerprint(), new Entry(id, new Record(6, LOW, new Timestamp(7))).fingerprint());
    assertNotEquals(entry.fingerprint(), new Entry(id, new Record(5, HIGH, new Timestamp(7))).fingerprint());
    assertNotEquals(entry.fingerprint(), new Entry(id, new Record(5, LOW, new Timestamp(8))).fingerprint());
    assertEquals(Fingerprint.ZERO, entry.fingerprint().xor(entry.fingerprint()));
  }

  @Test
  void sign_withEachKey_verifiesOnlyAsAWhole() {
    NamespaceSecret namespace = NamespaceSecret.of(filled(1));
    Author author = Author.of(filled(2));
    Entry entry =
        new Entry(
            new RecordIdentifier(namespace.id(), author.id(), Key.of("k")), new Record(5, LOW, new Timestamp(7)));
    SignedEntry signed = entry.sign(namespace, author);
    assertTrue(signed.verify());
    assertEquals(entry.id(), signed.id());
    assertEquals(entry.record(), signed.record());
    assertFalse(entry.sign(NamespaceSecret.of(filled(3)), author).verify());
    assertFalse(entry.sign(namespace, Author.of(filled(3))).verify());
  }

  @Test
  void newsFor_countsLaterAndUnknownAuthors() {
    AuthorHeads mine = AuthorHeads.of(Map.of(author(1), at(5), author(2), at(5), author(3), at(5)));
    AuthorHeads theirs = AuthorHeads.of(Map.of(author(1), at(4), author(2), at(5), author(4), at(9)));
    assertEquals(2, mine.newsFor(theirs), "author 1 is later here, author 3 is unknown there");
    assertEquals(1, theirs.newsFor(mine), "author 4 is unknown here");
    assertEquals(0, mine.newsFor(mine));
    assertEquals(0, AuthorHeads.NONE.newsFor(mine));
    assertEquals(3, mine.newsFor(AuthorHeads.NONE));
    assertEquals(
        1, AuthorHeads.of(Map.of(author(1), at(-1))).newsFor(mine), "a timestamp beyond the sign is later");
    assertEquals(Optional.of(at(5)), mine.head(author(1)));
    assertEquals(Optional.empty(), mine.head(author(9)));
  }

  @Test
  void verifyAll_mixedEntries_saysOfEachWhatVerifySays() {
    NamespaceSecret namespace = NamespaceSecret.of(filled(1));
    Author author = Author.of(filled(2));
    List<SignedEntry> entries = new ArrayList<>();
    BitSet expected = new BitSet();
    for (int i = 0; i < 100; i++) {
      RecordIdentifier id = new RecordIdentifier(namespace.id(), author.id(), Key.of("key" + i));
      Entry entry = new Entry(id, new Record(5, LOW, new Timestamp(i)));
      SignedEntry good = entry.sign(namespace, author);
      Signature byAuthor = good.signature().author();
      SignedEntry signed =
          switch (i % 4) {
            case 1 -> entry.sign(NamespaceSecret.of(filled(3)), author);
            case 2 -> entry.sign(namespace, Author.of(filled(3)));
            case 3 -> new SignedEntry(new EntrySignature(byAuthor, byAuthor), entry);
            default -> good;
          };
      entries.add(signed);
      expected.set(i, i % 4 == 0);
      assertEquals(i % 4 == 0, signed.verify());
    }
    assertEquals(expected, SignedEntry.verifyAll(entries));
    assertTrue(SignedEntry.verifyAll(List.of()).isEmpty());
  }

  private static AuthorId author(int number) {
    return AuthorId.of(filled(number));
  }

  private static Timestamp at(long micros) {
    return new Timestamp(micros);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
