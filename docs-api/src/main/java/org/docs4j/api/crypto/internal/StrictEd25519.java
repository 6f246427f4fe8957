package org.docs4j.api.crypto.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.docs4j.api.crypto.internal.SignatureBackend.KeyVerifier;

/**
 * Ed25519 with the rules that decide what a document accepts (WIRE 2.3), over a back end that does the arithmetic. For any thread.
 *
 * <p>Callers check the lengths of keys; everything else about them is checked here.
 */
public final class StrictEd25519 {
  /** Name of the system property that chooses the back end. */
  static final String PROPERTY = "docs4j.ed25519";

  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final SignatureBackend backend;
  private final KeyCache keys = new KeyCache();
  private final FrequentKeys frequentKeys = new FrequentKeys();

  /**
   * Creates it over a back end.
   *
   * @param backend does the arithmetic
   */
  public StrictEd25519(SignatureBackend backend) {
    this.backend = backend;
  }

  /**
   * Creates it over the back end that the system property {@value #PROPERTY} names: {@code portable}, which is the default, or
   * {@code corretto}, which falls back to the portable one where it does not load.
   *
   * @return a new instance
   */
  public static StrictEd25519 create() {
    SignatureBackend chosen = new PortableBackend();
    if (System.getProperty(PROPERTY, "portable").equals("corretto")) {
      chosen = CorrettoBackend.load().<SignatureBackend>map(b -> b).orElse(chosen);
    }
    Logger logger = System.getLogger(StrictEd25519.class.getName());
    logger.log(Level.DEBUG, "Ed25519 back end: {0}", chosen.name());
    return new StrictEd25519(chosen);
  }

  /**
   * Prepares signing with one key.
   *
   * @param seed 32 bytes, copied
   * @return the signer
   */
  public KeySigner signer(byte[] seed) {
    return backend.signer(seed);
  }

  /**
   * Signs many messages, each with a signer of its own.
   *
   * @param signers of {@link #signer}, all of this back end
   * @param messages as many
   * @return the signatures in their order
   */
  public List<byte[]> signAll(List<KeySigner> signers, List<byte[]> messages) {
    List<CurveSigner> own = new ArrayList<>(signers.size());
    List<byte[]> signatures = new ArrayList<>(signers.size());
    for (int i = 0; i < signers.size(); i++) {
      if (signers.get(i) instanceof CurveSigner signer) {
        own.add(signer);
      } else {
        signatures.add(signers.get(i).sign(messages.get(i)));
      }
    }
    return own.isEmpty() ? signatures : CurveSigner.signAll(own, messages);
  }

  /**
   * Begins to verify many signatures.
   *
   * @return an empty batch
   */
  public VerificationBatch batch() {
    return new VerificationBatch(this);
  }

  /**
   * Verifies a signature strictly.
   *
   * @param publicKey the key as it was received
   * @param message any bytes
   * @param signature the signature as it was received
   * @return whether it is valid; false for anything malformed
   */
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return verifier(publicKey, signature).map(verifier -> verifier.verify(message, signature)).orElse(false);
  }

  /** What is to evaluate the equation; empty if the signature is refused before that. */
  Optional<KeyVerifier> verifier(byte[] publicKey, byte[] signature) {
    if (publicKey.length != KEY_BYTES
        || signature.length != SIGNATURE_BYTES
        || !Scalar.isCanonical(signature, KEY_BYTES)
        || KnownPoints.isSmallOrder(signature, 0)
        || KnownPoints.isSmallOrder(publicKey, 0)) {
      return Optional.empty();
    }
    KnownKey key = keys.of(publicKey);
    return key.isPoint() ? Optional.of(key.verifier(backend, frequentKeys)) : Optional.empty();
  }

  /**
   * Whether a public key decompresses, as the reference's library decides it.
   *
   * @param publicKey the key as it was received
   * @return false also for a wrong length
   */
  public boolean isPoint(byte[] publicKey) {
    return publicKey.length == KEY_BYTES && keys.of(publicKey).isPoint();
  }

  /**
   * Whether {@link #verify} can accept any signature by a key.
   *
   * @param publicKey the key as it was received
   * @return false also for a wrong length
   */
  public boolean isStrictKey(byte[] publicKey) {
    return isPoint(publicKey) && !KnownPoints.isSmallOrder(publicKey, 0);
  }
}
