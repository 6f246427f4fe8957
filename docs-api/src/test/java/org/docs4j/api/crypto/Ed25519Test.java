package org.docs4j.api.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ed25519Test {
  @ParameterizedTest
  @ValueSource(strings = {"namespace", "author", "endpoint", "author2"})
  void publicKey_vectors_match(String name) {
    assertArrayEquals(Vectors.bytes("keys", name, "public"), SigningKey.of(Vectors.bytes("keys", name, "secret")).publicKey());
    assertTrue(Ed25519.isPoint(Vectors.bytes("keys", name, "public")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry_hello", "entry_hello2", "entry_tombstone_hel"})
  void sign_entriesOfVectors_match(String entry) {
    byte[] message = Vectors.bytes(entry, "canonical_signing_bytes");
    for (String role : new String[] {"namespace", "author"}) {
      byte[] publicKey = Vectors.bytes("keys", role, "public");
      byte[] signature = Vectors.bytes(entry, role + "_signature");
      assertArrayEquals(signature, SigningKey.of(Vectors.bytes("keys", role, "secret")).sign(message));
      assertTrue(Ed25519.verify(publicKey, message, signature));
    }
  }

  @Test
  void verify_certificateOfVectors_isAccepted() {
    assertTrue(
        Ed25519.verify(
            Vectors.bytes("x509_libp2p_0_28", "host_public_key"),
            Vectors.bytes("x509_libp2p_0_28", "signed_payload"),
            Vectors.bytes("x509_libp2p_0_28", "host_signature")));
  }

  @Test
  void verify_signatureOfAnotherKey_isRefused() {
    byte[] message = Vectors.bytes("entry_hello", "canonical_signing_bytes");
    byte[] signature = Vectors.bytes("entry_hello", "author_signature");
    assertFalse(Ed25519.verify(Vectors.bytes("keys", "namespace", "public"), message, signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 63, 64, 65})
  void verify_wrongLengths_areRefusedWithoutAnException(int length) {
    byte[] message = Vectors.bytes("entry_hello", "canonical_signing_bytes");
    byte[] publicKey = Vectors.bytes("keys", "author", "public");
    byte[] signature = Vectors.bytes("entry_hello", "author_signature");
    assertFalse(Ed25519.verify(new byte[length], message, signature));
    assertFalse(Ed25519.verify(publicKey, message, new byte[length]));
    assertFalse(Ed25519.isPoint(new byte[length]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void signingKey_wrongLength_isRefused(int length) {
    assertThrows(IllegalArgumentException.class, () -> SigningKey.of(new byte[length]));
  }

  @Test
  void signatureBatch_validAndInvalid_areToldApartByNumber() {
    SigningKey key = SigningKey.of(new byte[32]);
    SignatureBatch batch = new SignatureBatch();
    BitSet expected = new BitSet();
    for (int i = 0; i < 300; i++) {
      byte[] message = {(byte) i, (byte) (i >> 8)};
      byte[] signature = key.sign(message);
      if (i % 3 == 0) {
        signature[i % 64] ^= 1;
      }
      batch.add(i % 7 == 5 ? new byte[31] : key.publicKey(), message, signature);
      expected.set(i, i % 3 != 0 && i % 7 != 5);
      signature[0] ^= 1; // the batch keeps nothing of the caller's
    }
    assertEquals(expected, batch.valid());
    batch.add(key.publicKey(), new byte[1], key.sign(new byte[1]));
    expected.set(300);
    assertEquals(expected, batch.valid());
  }
}
