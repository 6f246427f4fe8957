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

  private static final Logger LOG = System.getLogger(StrictEd25519.class.getName());
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final SignatureBackend backend;
  private final KeyCache keys = new KeyCache();
  private final FrequentKeys frequentKeys = new FrequentKeys();
  private final Object search = new Object();
  private boolean searched;
  private volatile Optional<CorrettoBackend> quickerSigning = Optional.empty();

  /**
   * Creates it over a back end.
   *
   * @param backend does the arithmetic
   */
  public StrictEd25519(SignatureBackend backend) {
    this.backend = backend;
  }

  /**
   * Creates it as the system property {@value #PROPERTY} says. By default it is over the portable back end, and
   * {@link #findQuickerSigning} may find another one to sign with; {@code portable} forbids that; {@code corretto} asks Amazon's provider
   * for everything from the start, and falls back to the portable one where it does not load.
   *
   * @return a new instance
   */
  public static StrictEd25519 create() {
    String wanted = System.getProperty(PROPERTY, "");
    SignatureBackend chosen = new PortableBackend();
    if (wanted.equals("corretto")) {
      chosen = CorrettoBackend.load().<SignatureBackend>map(b -> b).orElse(chosen);
    }
    LOG.log(Level.DEBUG, "Ed25519 back end: {0}", chosen.name());
    StrictEd25519 strict = new StrictEd25519(chosen);
    strict.searched = !wanted.isEmpty();
    return strict;
  }

  /**
   * Loads a native provider to sign with, if there is one; the signers that there are already use it as well. Only the first call does
   * anything, and takes some hundred milliseconds of processor time.
   *
   * @return whether signatures are made by a native provider now
   */
  public boolean findQuickerSigning() {
    synchronized (search) {
      if (!searched) {
        searched = true;
        quickerSigning = CorrettoBackend.load();
        quickerSigning.ifPresent(found -> LOG.log(Level.DEBUG, "Ed25519 signatures by {0} from now on", found.name()));
      }
    }
    return quickerSigning.isPresent() || backend instanceof CorrettoBackend;
  }

  /**
   * Prepares signing with one key.
   *
   * @param seed 32 bytes, copied
   * @return the signer
   */
  public KeySigner signer(byte[] seed) {
    return backend instanceof PortableBackend ? new SwitchingSigner(seed, () -> quickerSigning) : backend.signer(seed);
  }

  /**
   * Signs many messages, each with a signer of its own.
   *
   * @param signers of {@link #signer}, all of this back end
   * @param messages as many
   * @return the signatures in their order
   */
  public List<byte[]> signAll(List<KeySigner> signers, List<byte[]> messages) {
    List<CurveSigner> portable = new ArrayList<>(signers.size());
    List<KeySigner> current = new ArrayList<>(signers.size());
    for (KeySigner signer : signers) {
      KeySigner now = signer instanceof SwitchingSigner switching ? switching.current() : signer;
      current.add(now);
      if (now instanceof CurveSigner curve) {
        portable.add(curve);
      }
    }
    if (portable.size() == signers.size()) {
      return CurveSigner.signAll(portable, messages);
    }
    List<byte[]> signatures = new ArrayList<>(signers.size());
    for (int i = 0; i < current.size(); i++) {
      signatures.add(current.get(i).sign(messages.get(i)));
    }
    return signatures;
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
