package org.docs4j.api.model;

import java.util.BitSet;
import java.util.List;
import org.docs4j.api.crypto.SignatureBatch;

/**
 * An entry with the signatures of its author and its namespace.
 *
 * @param signature both signatures
 * @param entry what was signed
 */
public record SignedEntry(EntrySignature signature, Entry entry) {
  /** The identifier of the entry. */
  public RecordIdentifier id() {
    return entry.id();
  }

  /** The record of the entry. */
  public Record record() {
    return entry.record();
  }

  /**
   * Checks both signatures strictly (WIRE 2.3).
   *
   * <p>Costs two Ed25519 verifications; call it on no thread that others wait for.
   */
  public boolean verify() {
    return verifyAll(List.of(this)).get(0);
  }

  /**
   * Checks both signatures of many entries, each as {@link #verify} does, for less time than one after the other. Some tens of entries
   * at a time are enough for that; call it on no thread that others wait for.
   *
   * @return the indices of those whose signatures are both valid; a new set
   */
  public static BitSet verifyAll(List<SignedEntry> entries) {
    SignatureBatch batch = new SignatureBatch();
    for (SignedEntry signed : entries) {
      byte[] message = signed.entry.canonicalBytes();
      batch.add(signed.id().namespace().toByteArray(), message, signed.signature.namespace().toByteArray());
      batch.add(signed.id().author().toByteArray(), message, signed.signature.author().toByteArray());
    }
    BitSet validSignatures = batch.valid();
    BitSet valid = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      valid.set(i, validSignatures.get(2 * i) && validSignatures.get(2 * i + 1));
    }
    return valid;
  }
}
