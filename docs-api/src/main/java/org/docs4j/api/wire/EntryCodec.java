package org.docs4j.api.wire;

import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
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

/**
 * Entries and their parts on the wire (WIRE 2.4, 3.1). Pure functions; decoding checks the form only, neither
 * signatures nor whether length and hash agree.
 *
 * <p>All {@code read} methods throw {@link org.docs4j.api.MalformedMessageException}.
 */
public final class EntryCodec {
  /** The shortest record: one byte of length, 32 of hash, one of timestamp. */
  public static final int MIN_RECORD_BYTES = 1 + Bytes32.SIZE + 1;

  /** The shortest signed entry, for {@link PostcardReader#count}. */
  public static final int MIN_SIGNED_ENTRY_BYTES =
      2 * Ed25519.SIGNATURE_BYTES + 1 + RecordIdentifier.PREFIX_BYTES + MIN_RECORD_BYTES;

  private EntryCodec() {}

  /** Adds an identifier: a byte string of namespace, author and key. */
  public static void writeIdentifier(PostcardWriter out, RecordIdentifier id) {
    out.count(id.size()).bytes32(id.namespace().bytes()).bytes32(id.author().bytes()).fixed(id.key().bytes());
  }

  /** Takes an identifier; one of less than 64 bytes, or with a key above {@link Key#MAX_BYTES}, is malformed. */
  public static RecordIdentifier readIdentifier(PostcardReader in) {
    PostcardReader before = in.copy();
    int size = in.length(RecordIdentifier.PREFIX_BYTES + Key.MAX_BYTES);
    if (size < RecordIdentifier.PREFIX_BYTES) {
      throw before.malformed("record identifier of " + size + " bytes, at least 64 are needed");
    }
    return new RecordIdentifier(
        new NamespaceId(in.bytes32()),
        new AuthorId(in.bytes32()),
        new Key(in.fixedBytes(size - RecordIdentifier.PREFIX_BYTES)));
  }

  /** Adds a record: length, hash, timestamp. */
  public static void writeRecord(PostcardWriter out, Record record) {
    out.u64(record.length()).bytes32(record.hash().bytes()).u64(record.timestamp().micros());
  }

  /** Takes a record. */
  public static Record readRecord(PostcardReader in) {
    return new Record(in.u64(), new Hash(in.bytes32()), new Timestamp(in.u64()));
  }

  /** Adds an entry: identifier, record. */
  public static void writeEntry(PostcardWriter out, Entry entry) {
    writeIdentifier(out, entry.id());
    writeRecord(out, entry.record());
  }

  /** Takes an entry. */
  public static Entry readEntry(PostcardReader in) {
    return new Entry(readIdentifier(in), readRecord(in));
  }

  /** Adds a signed entry: the author's signature, the namespace's signature, both without length, and the entry. */
  public static void writeSignedEntry(PostcardWriter out, SignedEntry signed) {
    out.fixed(signed.signature().author().bytes()).fixed(signed.signature().namespace().bytes());
    writeEntry(out, signed.entry());
  }

  /** Takes a signed entry; its signatures are not checked. */
  public static SignedEntry readSignedEntry(PostcardReader in) {
    Signature author = new Signature(in.fixedBytes(Ed25519.SIGNATURE_BYTES));
    Signature namespace = new Signature(in.fixedBytes(Ed25519.SIGNATURE_BYTES));
    return new SignedEntry(new EntrySignature(author, namespace), readEntry(in));
  }
}
