package org.docs4j.transport.quic.disco;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;

/** The key of an endpoint as one of X25519, by which it agrees on boxes with its peers. */
final class DiscoKey {
  private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private final byte[] scalar;

  /** The scalar is the one that signs (RFC 8032, 5.1.5): the first half of the hash of the seed, which X25519 clamps. */
  DiscoKey(EndpointSecret secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(secret.toByteArray());
      this.scalar = Arrays.copyOf(hash, X25519.SCALAR_SIZE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The box with a peer; empty if its key is of small order. Takes as long as some hundred boxes do. */
  Optional<DiscoBox> agree(EndpointId peer) {
    Optional<byte[]> u = montgomery(peer.toByteArray());
    byte[] agreed = new byte[X25519.POINT_SIZE];
    return u.filter(point -> X25519.calculateAgreement(scalar, 0, point, 0, agreed, 0)).map(point -> new DiscoBox(agreed));
  }

  /** The map of RFC 7748, 4.1, from Edwards to Montgomery form: u = (1 + y) / (1 - y). Of public points only. */
  private static Optional<byte[]> montgomery(byte[] edwards) {
    byte[] bigEndian = reversed(edwards);
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian).mod(P);
    BigInteger divisor = BigInteger.ONE.subtract(y).mod(P);
    if (divisor.signum() == 0) {
      return Optional.empty();
    }
    BigInteger u = BigInteger.ONE.add(y).multiply(divisor.modInverse(P)).mod(P);
    byte[] minimal = u.toByteArray();
    byte[] padded = new byte[X25519.POINT_SIZE];
    System.arraycopy(minimal, 0, padded, padded.length - minimal.length, minimal.length);
    return Optional.of(reversed(padded));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }
}
