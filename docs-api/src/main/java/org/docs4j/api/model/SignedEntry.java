package org.docs4j.api.model;

import org.docs4j.api.crypto.Ed25519;

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
   * Checks both signatures strictly (WIRE 2.3), the namespace's first.
   *
   * <p>Costs two Ed25519 verifications; call it on no thread that others wait for.
   */
  public boolean verify() {
    byte[] message = entry.canonicalBytes();
    return Ed25519.verify(entry.id().namespace().toByteArray(), message, signature.namespace().toByteArray())
        && Ed25519.verify(entry.id().author().toByteArray(), message, signature.author().toByteArray());
  }
}
