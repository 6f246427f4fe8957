package org.docs4j.api.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, entries, fingerprints and heads, byte for byte as the vectors have them. */
class WireVectorsTest {
  private static final NamespaceSecret NAMESPACE = NamespaceSecret.of(Vectors.bytes("keys", "namespace", "secret"));
  private static final Author AUTHOR = Author.of(Vectors.bytes("keys", "author", "secret"));

  @Test
  void keys_ofVectors_haveTheirPublicKeysInBothTexts() {
    assertEquals(NAMESPACE.id(), NamespaceId.parse(Vectors.string("keys", "namespace", "public")));
    assertEquals(
        NAMESPACE.id(), NamespaceId.parse(Vectors.string("keys", "namespace", "public_b32_lower_nopad")));
    for (String name : List.of("author", "author2")) {
      Author author = Author.parse(Vectors.string("keys", name, "secret"));
      assertEquals(author.id(), AuthorId.parse(Vectors.string("keys", name, "public")));
      assertEquals(author.id(), AuthorId.parse(Vectors.string("keys", name, "public_b32_lower_nopad")));
      assertEquals(Vectors.string("keys", name, "public"), author.id().toString());
    }
    EndpointSecret endpoint = EndpointSecret.of(Vectors.bytes("keys", "endpoint", "secret"));
    assertEquals(endpoint.id(), EndpointId.parse(Vectors.string("keys", "endpoint", "public")));
    assertEquals(endpoint.id(), EndpointId.parse(Vectors.string("keys", "endpoint", "public_b32_lower_nopad")));
  }

  @Test
  void keys_ofEndpoint_haveTheServerNameOfTls() {
    byte[] id = EndpointSecret.of(Vectors.bytes("keys", "endpoint", "secret")).id().toByteArray();
    assertEquals(Vectors.string("keys", "endpoint", "sni_ge_0_33"), Base32.encodeHexAlphabet(id) + ".iroh.invalid");
    byte[] zero = EndpointSecret.of(new byte[32]).id().toByteArray();
    assertEquals(
        Vectors.string("keys", "golden_sni_for_zero_secret", "expected"),
        Base32.encodeHexAlphabet(zero) + ".iroh.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry_hello", "entry_hello2", "entry_tombstone_hel"})
  void entry_ofVectors_hasTheirBytes(String name) {
    Entry entry = entry(name);
    assertArrayEquals(Vectors.bytes(name, "record_identifier"), entry.id().encode());
    assertArrayEquals(Vectors.bytes(name, "canonical_signing_bytes"), entry.canonicalBytes());
    assertEquals(Vectors.string(name, "fingerprint"), entry.fingerprint().toString());
    assertEquals(
        Vectors.string(name, "fingerprint"), Hash.ofContent(Vectors.bytes(name, "fingerprint_input")).toString());
    assertBothWays(Vectors.bytes(name, "entry_postcard"), entry, EntryCodec::writeEntry, EntryCodec::readEntry);

    SignedEntry signed = entry.sign(NAMESPACE, AUTHOR);
    assertArrayEquals(Vectors.bytes(name, "namespace_signature"), signed.signature().namespace().toByteArray());
    assertArrayEquals(Vectors.bytes(name, "author_signature"), signed.signature().author().toByteArray());
    assertTrue(signed.verify());
    assertBothWays(
        Vectors.bytes(name, "signed_entry_postcard"),
        signed,
        EntryCodec::writeSignedEntry,
        EntryCodec::readSignedEntry);
  }

  @Test
  void signedEntry_ofUpstream_hasItsBytes() {
    NamespaceSecret namespace = NamespaceSecret.of(Vectors.bytes("golden_signed_entry", "namespace_secret"));
    Author author = Author.of(Vectors.bytes("golden_signed_entry", "author_secret"));
    byte[] golden = Vectors.bytes("golden_signed_entry", "hex");
    SignedEntry read = EntryCodec.readSignedEntry(new PostcardReader(golden));
    assertTrue(read.verify());
    assertEquals(namespace.id(), read.id().namespace());
    assertEquals(author.id(), read.id().author());
    assertEquals(Key.of(Vectors.string("golden_signed_entry", "key")), read.id().key());
    assertEquals(Vectors.number("golden_signed_entry", "timestamp_us"), read.record().timestamp().micros());
    assertBothWays(
        golden, read.entry().sign(namespace, author), EntryCodec::writeSignedEntry, EntryCodec::readSignedEntry);
  }

  @Test
  void fingerprint_ofSets_isThatOfVectors() {
    Fingerprint hello = entry("entry_hello").fingerprint();
    Fingerprint hello2 = entry("entry_hello2").fingerprint();
    assertEquals(Vectors.string("fingerprints", "empty_set"), Fingerprint.EMPTY_SET.toString());
    assertEquals(Vectors.string("fingerprints", "set_{hello}"), Fingerprint.EMPTY_SET.xor(hello).toString());
    assertEquals(
        Vectors.string("fingerprints", "set_{hello,hello2}"),
        Fingerprint.EMPTY_SET.xor(hello).xor(hello2).toString());
    assertEquals(
        Vectors.string("fingerprints", "xor_hello_hello2_without_seed"),
        Fingerprint.ZERO.xor(hello).xor(hello2).toString());
  }

  @Test
  void authorHeads_ofVectors_haveTheirBytes() {
    TreeMap<AuthorId, Timestamp> map = new TreeMap<>();
    for (Object head : Vectors.list("author_heads", "heads")) {
      map.put(
          AuthorId.parse((String) Vectors.within(head, 1)),
          new Timestamp(((BigInteger) Vectors.within(head, 0)).longValue()));
    }
    assertEquals(2, map.size());
    AuthorHeads heads = new AuthorHeads(map);
    byte[] encoded = Vectors.bytes("author_heads", "encoded");
    assertArrayEquals(encoded, AuthorHeadsCodec.encode(heads, 4096));
    assertEquals(heads, AuthorHeadsCodec.decode(encoded));
  }

  private static Entry entry(String name) {
    Record record =
        new Record(
            Vectors.number(name, "content_len"),
            Hash.parse(Vectors.string(name, "content_hash")),
            new Timestamp(Vectors.number(name, "timestamp_us")));
    return new Entry(
        new RecordIdentifier(NAMESPACE.id(), AUTHOR.id(), Key.of(Vectors.string(name, "key"))), record);
  }

  private static <T> void assertBothWays(
      byte[] bytes, T value, BiConsumer<PostcardWriter, T> write, Function<PostcardReader, T> read) {
    PostcardWriter out = new PostcardWriter(0);
    write.accept(out, value);
    assertArrayEquals(bytes, out.toByteArray());
    PostcardReader in = new PostcardReader(bytes);
    assertEquals(value, read.apply(in));
    in.expectEnd();
  }
}
