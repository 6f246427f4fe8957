package org.docs4j.engine.replica;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.index.Mark;
import org.docs4j.engine.index.Version;

/**
 * The value of a record's row: fingerprint of the entry (32 bytes), timestamp (8), hash (32), length (8), signature of
 * the author (64) and of the namespace (64), and whether there was an entry of its author at a prefix of its key when
 * it was stored (1), see {@link Inserter}. Numbers are big-endian. Fixed places, so that one part costs no decoding.
 */
final class RecordRow {
  /** Big-endian longs in an array. */
  static final Longs LONG = new Longs();

  private static final int TIMESTAMP = Bytes32.SIZE;
  private static final int HASH = TIMESTAMP + Long.BYTES;
  private static final int LENGTH = HASH + Bytes32.SIZE;
  private static final int AUTHOR_SIGNATURE = LENGTH + Long.BYTES;
  private static final int NAMESPACE_SIGNATURE = AUTHOR_SIGNATURE + Ed25519.SIGNATURE_BYTES;
  private static final int NESTED = NAMESPACE_SIGNATURE + Ed25519.SIGNATURE_BYTES;
  private static final int SIZE = NESTED + 1;

  private RecordRow() {}

  /** Reads and writes 64-bit numbers, big-endian. */
  static final class Longs {
    private static final VarHandle HANDLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Longs() {}

    long get(byte[] bytes, int offset) {
      return (long) HANDLE.get(bytes, offset);
    }

    void set(byte[] bytes, int offset, long value) {
      HANDLE.set(bytes, offset, value);
    }
  }

  static byte[] encode(SignedEntry entry, Fingerprint fingerprint, boolean nested) {
    byte[] row = new byte[SIZE];
    fingerprint.bytes().writeTo(row, 0);
    LONG.set(row, TIMESTAMP, entry.record().timestamp().micros());
    entry.record().hash().bytes().writeTo(row, HASH);
    LONG.set(row, LENGTH, entry.record().length());
    sign(row, entry.signature());
    row[NESTED] = (byte) (nested ? 1 : 0);
    return row;
  }

  /** Sets the signatures. */
  static void sign(byte[] row, EntrySignature signature) {
    signature.author().bytes().writeTo(row, AUTHOR_SIGNATURE);
    signature.namespace().bytes().writeTo(row, NAMESPACE_SIGNATURE);
  }

  static SignedEntry decode(RecordIdentifier id, byte[] row) {
    check(row);
    Record record = new Record(LONG.get(row, LENGTH), hash(row), timestamp(row));
    return new SignedEntry(
        new EntrySignature(signature(row, AUTHOR_SIGNATURE), signature(row, NAMESPACE_SIGNATURE)),
        new Entry(id, record));
  }

  static SignedEntry decode(byte[] key, byte[] row) {
    return decode(RowKeys.identifier(key), row);
  }

  static Timestamp timestamp(byte[] row) {
    check(row);
    return new Timestamp(LONG.get(row, TIMESTAMP));
  }

  static Hash hash(byte[] row) {
    check(row);
    return new Hash(Bytes32.of(row, HASH));
  }

  /** Whether it is a tombstone. */
  static boolean isEmpty(byte[] row) {
    return hash(row).equals(Hash.EMPTY);
  }

  /** Whether there was an entry at a prefix of its key when it was stored. */
  static boolean isNested(byte[] row) {
    check(row);
    return row[NESTED] != 0;
  }

  static Version version(byte[] row) {
    return new Version(timestamp(row), hash(row));
  }

  static Fingerprint fingerprint(byte[] row) {
    check(row);
    return new Fingerprint(Bytes32.of(row, 0));
  }

  /** What the range index keeps of the record. */
  static Mark mark(byte[] row) {
    return new Mark(fingerprint(row), version(row));
  }

  private static Signature signature(byte[] row, int at) {
    return new Signature(Bytes.of(row, at, Ed25519.SIGNATURE_BYTES));
  }

  private static void check(byte[] row) {
    if (row.length != SIZE) {
      throw new StoreCorruptedException("a record of " + row.length + " bytes, " + SIZE + " expected");
    }
  }
}
