package org.docs4j.api.crypto.internal;

import static org.docs4j.api.crypto.internal.ReferenceCurve.BASE;
import static org.docs4j.api.crypto.internal.ReferenceCurve.L;
import static org.docs4j.api.crypto.internal.ReferenceCurve.challenge;
import static org.docs4j.api.crypto.internal.ReferenceCurve.littleEndian;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Predicate;
import org.docs4j.api.crypto.internal.ReferenceCurve.Point;

/** Makes signatures that no honest signer makes: with torsion in the key, in R, in both, and with chosen challenges. */
final class EdgeSignatures {
  static final BigInteger EIGHT = BigInteger.valueOf(8);

  private final Point[] torsion = ReferenceCurve.torsion();
  private final Random random;

  /** A public key, a message and a signature. */
  static final class Triple {
    private final byte[] publicKey;
    private final byte[] message;
    private final byte[] signature;

    Triple(byte[] publicKey, byte[] message, byte[] signature) {
      this.publicKey = publicKey;
      this.message = message;
      this.signature = signature;
    }

    byte[] publicKey() {
      return publicKey;
    }

    byte[] message() {
      return message;
    }

    byte[] signature() {
      return signature;
    }
  }

  EdgeSignatures(long seed) {
    random = new Random(seed);
  }

  Point torsion(int multiple) {
    return torsion[multiple];
  }

  BigInteger scalar() {
    return new BigInteger(252, random).add(BigInteger.TWO);
  }

  /**
   * Signs with key [a]B + T and R = [r]B + U, where T and U are multiples of a point of order 8, over the first message whose challenge
   * passes. The equation holds with the cofactor in any case; without it, exactly if U + [k]T is neutral.
   */
  Triple signature(int keyTorsion, int rTorsion, Predicate<BigInteger> challengePasses) {
    BigInteger a = scalar();
    return signature(a, BASE.times(a).plus(torsion[keyTorsion]).compress(), rTorsion, challengePasses);
  }

  /** As above, for a given encoding of the key, whose part in the large subgroup is [a]B. */
  Triple signature(BigInteger a, byte[] publicKey, int rTorsion, Predicate<BigInteger> challengePasses) {
    BigInteger r = scalar();
    byte[] encodedR = BASE.times(r).plus(torsion[rTorsion]).compress();
    return signature(a, publicKey, r, encodedR, challengePasses);
  }

  /** As above, for a given encoding of R, whose part in the large subgroup is [r]B. */
  Triple signature(BigInteger a, byte[] publicKey, BigInteger r, byte[] encodedR, Predicate<BigInteger> challengePasses) {
    for (int counter = random.nextInt(1000); ; counter++) {
      byte[] message = ByteBuffer.allocate(4).putInt(counter).array();
      BigInteger k = challenge(encodedR, publicKey, message);
      if (challengePasses.test(k)) {
        return new Triple(publicKey, message, join(encodedR, littleEndian(r.add(k.multiply(a)).mod(L))));
      }
    }
  }

  static boolean cancels(int keyTorsion, int rTorsion, BigInteger k) {
    return (k.mod(EIGHT).intValue() * keyTorsion + rTorsion) % 8 == 0;
  }

  static byte[] join(byte[] r, byte[] s) {
    return ByteBuffer.allocate(64).put(r).put(s).array();
  }
}
