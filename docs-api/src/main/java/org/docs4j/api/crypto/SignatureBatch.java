package org.docs4j.api.crypto;

import java.util.BitSet;
import org.docs4j.api.crypto.internal.VerificationBatch;

/**
 * Many signatures to be verified together, for less than one after the other. Each is decided by itself, and exactly as
 * {@link Ed25519#verify} decides it; they only share one inversion.
 *
 * <p>Belongs to one thread. Most of the work is done in {@link #add}, so that threads share work by having a batch each; some tens of
 * signatures are enough to get the gain. Memory is bounded, but for a bit each, whatever is added.
 */
public final class SignatureBatch {
  private final VerificationBatch batch = Ed25519.batch();

  /** Creates an empty batch. */
  public SignatureBatch() {}

  /**
   * Adds a signature, the next number from 0 on. Keeps none of the arrays.
   *
   * @param publicKey the key, as received
   * @param message the signed bytes
   * @param signature R and S, as received
   * @return this batch
   */
  public SignatureBatch add(byte[] publicKey, byte[] message, byte[] signature) {
    batch.add(publicKey, message, signature);
    return this;
  }

  /**
   * Tells which ones are valid. More may be added afterwards.
   *
   * @return the numbers of the valid signatures, a new set
   */
  public BitSet valid() {
    return batch.valid();
  }
}
