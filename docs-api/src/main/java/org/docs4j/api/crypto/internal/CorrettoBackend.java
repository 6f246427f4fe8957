package org.docs4j.api.crypto.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Ed25519 by the Amazon Corretto Crypto Provider, native and cofactor-less, where the application brings it along. Nothing is linked to
 * it: it is reached by name, as a {@link Provider}, and not registered with the platform.
 *
 * <p>Keys are parsed by the provider if it offers that (system property
 * {@code com.amazon.corretto.crypto.provider.registerEdKeyFactory}), else by the platform. What the provider cannot or may not answer
 * goes to the {@link PortableBackend}.
 */
public final class CorrettoBackend implements SignatureBackend {
  private static final String PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final String ALGORITHM = "Ed25519";

  /** What precedes the 32 bytes in the DER forms of the keys (RFC 8410, sections 4 and 7). */
  private static final byte[] PUBLIC_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

  /** How many signatures the provider has to make as they should be before it is used, each of a message that much longer. */
  private static final int CHECKS = 8;

  private static final int CHECKED_BYTES = 61;

  private static final byte[] PRIVATE_PREFIX = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };

  private final Provider provider;
  private final PortableBackend portable = new PortableBackend();

  private CorrettoBackend(Provider provider) {
    this.provider = provider;
  }

  /**
   * Loads the provider, and compares its answers with those of the portable back end.
   *
   * @return the back end; empty if the provider is not there, cannot be loaded on this platform, or answers wrongly
   */
  public static Optional<CorrettoBackend> load() {
    Logger logger = System.getLogger(CorrettoBackend.class.getName());
    try {
      Object instance = Class.forName(PROVIDER).getDeclaredConstructor().newInstance();
      CorrettoBackend backend = new CorrettoBackend((Provider) instance);
      if (backend.works()) {
        return Optional.of(backend);
      }
      logger.log(Level.WARNING, "{0} gives a wrong Ed25519 answer and is not used", backend.name());
    } catch (ClassNotFoundException e) {
      logger.log(Level.TRACE, "no native Ed25519 provider on the path");
    } catch (ReflectiveOperationException | GeneralSecurityException | RuntimeException | LinkageError e) {
      logger.log(Level.DEBUG, "the native Ed25519 provider does not work here", e);
    }
    return Optional.empty();
  }

  /** Whether it signs as the portable back end does, messages of some blocks of SHA-512 and of none, and verifies strictly. */
  private boolean works() throws GeneralSecurityException {
    for (int i = 0; i < CHECKS; i++) {
      byte[] seed = new byte[Scalar.BYTES];
      Arrays.fill(seed, (byte) (31 * i));
      byte[] message = new byte[i * CHECKED_BYTES];
      Arrays.fill(message, (byte) ~i);
      KeySigner portableSigner = portable.signer(seed);
      byte[] signature = nativeSign(parsePrivate(seed), message);
      if (!Arrays.equals(signature, portableSigner.sign(message))) {
        return false;
      }
      PublicKey key = parse(portableSigner.publicKey());
      boolean accepts = nativeVerify(key, message, signature);
      signature[i] ^= 1;
      if (!accepts || nativeVerify(key, message, signature)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return "Amazon Corretto Crypto Provider " + provider.getVersionStr();
  }

  @Override
  public KeySigner signer(byte[] seed) {
    return signer(seed, portable.signer(seed));
  }

  /** As {@link #signer(byte[])}, given what signs with the same seed where the provider fails. */
  KeySigner signer(byte[] seed, KeySigner portableSigner) {
    try {
      return new NativeSigner(portableSigner, parsePrivate(seed));
    } catch (GeneralSecurityException | RuntimeException e) {
      return portableSigner;
    }
  }

  @Override
  public KeyVerifier verifier(byte[] publicKey) {
    if (!KnownPoints.isCanonical(publicKey)) {
      return portable.verifier(publicKey);
    }
    try {
      return new NativeVerifier(publicKey, parse(publicKey));
    } catch (GeneralSecurityException | RuntimeException e) {
      return portable.verifier(publicKey);
    }
  }

  @Override
  public Optional<KeyVerifier> frequentVerifier(byte[] publicKey) {
    return portable.frequentVerifier(publicKey);
  }

  private final class NativeSigner implements KeySigner {
    private final KeySigner portableSigner;
    private final PrivateKey key;

    private NativeSigner(KeySigner portableSigner, PrivateKey key) {
      this.portableSigner = portableSigner;
      this.key = key;
    }

    @Override
    public byte[] publicKey() {
      return portableSigner.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        return nativeSign(key, message);
      } catch (GeneralSecurityException | RuntimeException e) {
        return portableSigner.sign(message);
      }
    }
  }

  private final class NativeVerifier implements KeyVerifier {
    private final byte[] encoded;
    private final PublicKey key;

    private NativeVerifier(byte[] encoded, PublicKey key) {
      this.encoded = encoded;
      this.key = key;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
      try {
        return nativeVerify(key, message, signature);
      } catch (GeneralSecurityException | RuntimeException e) {
        return portable.verifier(encoded).verify(message, signature);
      }
    }
  }

  private byte[] nativeSign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(ALGORITHM, provider);
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  private boolean nativeVerify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(ALGORITHM, provider);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private PublicKey parse(byte[] publicKey) throws GeneralSecurityException {
    return keyFactory().generatePublic(new X509EncodedKeySpec(concatenate(PUBLIC_PREFIX, publicKey)));
  }

  private PrivateKey parsePrivate(byte[] seed) throws GeneralSecurityException {
    return keyFactory().generatePrivate(new PKCS8EncodedKeySpec(concatenate(PRIVATE_PREFIX, seed)));
  }

  private KeyFactory keyFactory() throws NoSuchAlgorithmException {
    return provider.getService("KeyFactory", ALGORITHM) != null
        ? KeyFactory.getInstance(ALGORITHM, provider)
        : KeyFactory.getInstance(ALGORITHM);
  }

  private static byte[] concatenate(byte[] prefix, byte[] rest) {
    byte[] result = new byte[prefix.length + rest.length];
    System.arraycopy(prefix, 0, result, 0, prefix.length);
    System.arraycopy(rest, 0, result, prefix.length, rest.length);
    return result;
  }
}
