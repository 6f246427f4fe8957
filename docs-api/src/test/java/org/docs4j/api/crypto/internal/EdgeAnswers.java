package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.docs4j.api.crypto.internal.EdgeSignatures.Triple;

/**
 * What the back ends say to the same edge cases, one by one and many side by side, as text; also as a program, so that a JVM
 * with other options can be asked.
 */
final class EdgeAnswers {
  /** Three of four are not refused before the equation: enough for sums side by side, twice. */
  static final int CASES = 300;

  private EdgeAnswers() {}

  /** Says the answers of all back ends. */
  public static void main(String[] args) {
    System.out.println("fast " + FusedMultiplyAdd.isFast());
    List<Triple> cases = cases();
    Backends.all().forEach(backend -> System.out.println(backend.name() + " " + answers(backend, cases)));
  }

  /** Signatures of all kinds by a few keys, mixed, the same ones each time. */
  static List<Triple> cases() {
    EdgeSignatures edges = new EdgeSignatures(77);
    List<BigInteger> scalars = new ArrayList<>();
    List<byte[]> keys = new ArrayList<>();
    for (int torsion = 0; torsion < 8; torsion++) {
      BigInteger a = edges.scalar();
      scalars.add(a);
      keys.add(ReferenceCurve.BASE.times(a).plus(edges.torsion(torsion)).compress());
    }
    List<Triple> cases = new ArrayList<>();
    for (int i = 0; cases.size() < CASES; i++) {
      int key = i % 8;
      Triple pure = edges.signature(scalars.get(key), keys.get(key), 0, k -> EdgeSignatures.cancels(key, 0, k));
      cases.add(pure);
      cases.add(edges.signature(scalars.get(key), keys.get(key), i / 8 % 8, k -> true));
      cases.add(refusedEarly(edges, i, scalars.get(key), pure));
      byte[] changed = pure.signature().clone();
      changed[i % 63] ^= 4;
      cases.add(new Triple(pure.publicKey(), pure.message(), changed));
    }
    Collections.shuffle(cases, new Random(78));
    return cases;
  }

  /** In turn S + L, an R of small order, a key of small order. */
  private static Triple refusedEarly(EdgeSignatures edges, int number, BigInteger a, Triple triple) {
    byte[] small = edges.torsion(number / 3 % 8).compress();
    if (number % 3 == 0) {
      return edges.signature(a, triple.publicKey(), BigInteger.ZERO, small, k -> true);
    }
    if (number % 3 == 1) {
      return edges.signature(BigInteger.ZERO, small, 0, k -> k.mod(EdgeSignatures.EIGHT).signum() == 0);
    }
    BigInteger s = ReferenceCurve.number(Arrays.copyOfRange(triple.signature(), 32, 64));
    byte[] r = Arrays.copyOf(triple.signature(), 32);
    byte[] signature = EdgeSignatures.join(r, ReferenceCurve.littleEndian(s.add(ReferenceCurve.L)));
    return new Triple(triple.publicKey(), triple.message(), signature);
  }

  /** The numbers of those that are accepted one by one, in one batch, and of the signatures that it makes. */
  static String answers(SignatureBackend backend, List<Triple> cases) {
    StrictEd25519 strict = new StrictEd25519(backend);
    VerificationBatch batch = strict.batch();
    BitSet single = new BitSet();
    for (int i = 0; i < cases.size(); i++) {
      Triple one = cases.get(i);
      batch.add(one.publicKey(), one.message(), one.signature());
      single.set(i, strict.verify(one.publicKey(), one.message(), one.signature()));
    }
    return single + " " + batch.valid();
  }
}
