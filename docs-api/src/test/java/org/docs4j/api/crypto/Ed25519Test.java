package org.docs4j.api.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HexFormat;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ed25519Test {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
        + "af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  })
  void sign_vectorsOfRfc8032Section7_match(String seed, String publicKey, String message, String signature) {
    assertArrayEquals(hex(publicKey), SigningKey.of(hex(seed)).publicKey());
    assertArrayEquals(hex(signature), SigningKey.of(hex(seed)).sign(hex(message)));
    assertTrue(Ed25519.verify(hex(publicKey), hex(message), hex(signature)));
  }

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
