package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
  private static final RecordIdentifier ID =
      new RecordIdentifier(NamespaceId.of(new byte[32]), AuthorId.of(new byte[32]), Key.EMPTY);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63})
  void identifier_ofLessThan64Bytes_isMalformed(int size) {
    PostcardReader in = new PostcardReader(new PostcardWriter().byteString(new byte[size]).toByteArray());
    assertThrows(MalformedMessageException.class, () -> EntryCodec.readIdentifier(in));
    assertThrows(MalformedMessageException.class, () -> RecordIdentifier.decode(new byte[size]));
  }

  @Test
  void identifier_of64ZeroBytes_isRead() {
    PostcardReader in = new PostcardReader(new PostcardWriter().byteString(new byte[64]).toByteArray());
    assertEquals(ID, EntryCodec.readIdentifier(in));
    assertEquals(ID, RecordIdentifier.decode(new byte[64]));
  }

  @Test
  void identifier_withTheLongestKey_isReadAndWithALongerOneMalformed() {
    byte[] longest = new byte[64 + Key.MAX_BYTES];
    PostcardReader in = new PostcardReader(new PostcardWriter().byteString(longest).toByteArray());
    assertEquals(Key.MAX_BYTES, EntryCodec.readIdentifier(in).key().size());
    assertEquals(Key.MAX_BYTES, RecordIdentifier.decode(longest).key().size());

    byte[] tooLong = new byte[64 + Key.MAX_BYTES + 1];
    PostcardReader more = new PostcardReader(new PostcardWriter().byteString(tooLong).toByteArray());
    assertThrows(MalformedMessageException.class, () -> EntryCodec.readIdentifier(more));
    assertThrows(MalformedMessageException.class, () -> RecordIdentifier.decode(tooLong));
  }

  @Test
  void signedEntry_shortest_hasTheDeclaredSize() {
    Signature zero = Signature.of(new byte[64]);
    PostcardWriter out = new PostcardWriter();
    EntryCodec.writeSignedEntry(
        out, new SignedEntry(new EntrySignature(zero, zero), new Entry(ID, Record.tombstone(Timestamp.EPOCH))));
    assertEquals(EntryCodec.MIN_SIGNED_ENTRY_BYTES, out.size());
    out.clear();
    EntryCodec.writeRecord(out, Record.tombstone(Timestamp.EPOCH));
    assertEquals(EntryCodec.MIN_RECORD_BYTES, out.size());
  }

  @Test
  void record_withLargestNumbers_isReadAsItWas() {
    Record record = new Record(-1L, Hash.EMPTY, Timestamp.LATEST);
    PostcardWriter out = new PostcardWriter();
    EntryCodec.writeRecord(out, record);
    assertEquals(record, EntryCodec.readRecord(new PostcardReader(out.toByteArray())));
  }

  @Test
  void signedEntry_ofTheOneBrokenRelease_isNotTakenForAnEntry() {
    // Its bytes happen to decode, two places off; only the signatures tell.
    PostcardReader in = new PostcardReader(Vectors.bytes("entry_hello", "signed_entry_postcard_docs_0_99_0_ONLY"));
    SignedEntry garbage = EntryCodec.readSignedEntry(in);
    assertFalse(garbage.verify());
    assertNotEquals(entryHello().entry(), garbage.entry());
  }

  @Test
  void signedEntry_withSignaturesSwapped_doesNotVerify() {
    SignedEntry good = entryHello();
    assertTrue(good.verify());
    EntrySignature swapped = new EntrySignature(good.signature().namespace(), good.signature().author());
    assertFalse(new SignedEntry(swapped, good.entry()).verify());
    Record older = new Record(good.record().length(), good.record().hash(), Timestamp.EPOCH);
    assertFalse(new SignedEntry(good.signature(), new Entry(good.id(), older)).verify());
  }

  private static SignedEntry entryHello() {
    return EntryCodec.readSignedEntry(new PostcardReader(Vectors.bytes("entry_hello", "signed_entry_postcard")));
  }
}
