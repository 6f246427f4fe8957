package org.docs4j.bench.stores;

import java.nio.ByteBuffer;
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
 * Entries by number, the same in each run: one document, one author, keys of 16 hexadecimal digits in random order,
 * signatures of the right length. None is kept.
 */
final class SampleEntries {
  static final NamespaceId NAMESPACE = new NamespaceId(new Bytes32(0x1DL, 2, 3, 4));

  private static final AuthorId AUTHOR = new AuthorId(new Bytes32(0x2AL, 6, 7, 8));
  private static final int SIGNATURE_BYTES = 64;

  private SampleEntries() {}

  static RecordIdentifier id(long number) {
    return new RecordIdentifier(NAMESPACE, AUTHOR, Key.of("%016x".formatted(mix(number))));
  }

  static SignedEntry entry(long number) {
    byte[] bytes = ByteBuffer.allocate(SIGNATURE_BYTES).putLong(mix(number)).putLong(number).array();
    Signature signature = Signature.of(bytes);
    Hash hash = new Hash(new Bytes32(mix(number), 1, 2, 3));
    Record record = new Record(1, hash, new Timestamp(1 + number));
    return new SignedEntry(new EntrySignature(signature, signature), new Entry(id(number), record));
  }

  /** The finalizer of SplitMix64, a permutation, so that no two numbers have one key. */
  private static long mix(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
