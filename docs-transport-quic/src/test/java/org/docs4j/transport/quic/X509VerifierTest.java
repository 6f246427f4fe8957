package org.docs4j.transport.quic;

import static org.docs4j.api.PeerIdentityException.Reason.BAD_HOST_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.BAD_SELF_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.MALFORMED;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_CERTIFICATE;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_HOST_KEY;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_VALID_NOW;
import static org.docs4j.api.PeerIdentityException.Reason.UNKNOWN_CRITICAL_EXTENSION;
import static org.docs4j.api.PeerIdentityException.Reason.UNSUPPORTED_KEY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.wire.Hex;
import org.junit.jupiter.api.Test;

class X509VerifierTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final ASN1ObjectIdentifier OTHER = new ASN1ObjectIdentifier("1.2.3.4");

  private final Forger forger;

  X509VerifierTest() throws Exception {
    forger = new Forger();
  }

  private static PeerIdentityException.Reason refusal(byte[]... chain) {
    return assertThrows(IdentityException.class, () -> X509Verifier.verify(List.of(chain), NOW)).reason();
  }

  @Test
  void hostKey_reproducesTheVector() throws Exception {
    Properties vector = new Properties();
    try (InputStream in = X509VerifierTest.class.getResourceAsStream("x509.properties")) {
      vector.load(in);
    }
    EndpointSecret secret = EndpointSecret.parse(vector.getProperty("endpoint.secret"));
    byte[] spki = Hex.decode(vector.getProperty("cert_spki_der"));
    assertEquals(vector.getProperty("extension_oid"), X509Certificates.HOST_KEY.getId());
    assertEquals(vector.getProperty("host_public_key"), secret.id().toString());
    assertEquals(vector.getProperty("signed_payload"), Hex.encode(X509Certificates.signedBytes(spki)));
    assertEquals(vector.getProperty("extension_value_der"), Hex.encode(X509Certificates.hostKey(secret, spki)));
  }

  @Test
  void verify_whatIsIssued_saysWhoItIs() throws Exception {
    byte[] issued = X509Certificates.issue(forger.secret, forger.random).certificate().toByteArray();
    assertEquals(forger.secret.id(), X509Verifier.verify(List.of(issued), NOW));
    assertArrayEquals(
        Hex.decode("3000"), Arrays.copyOfRange(issued, indexOf(issued, "3000"), indexOf(issued, "3000") + 2));
  }

  private static int indexOf(byte[] bytes, String hex) {
    int at = Hex.encode(bytes).indexOf(hex);
    assertTrue(at >= 0 && at % 2 == 0, "no " + hex);
    return at / 2;
  }

  @Test
  void verify_otherKindsOfKeys_areUnderstood() throws Exception {
    forger.keys = forger.signingKeys = Forger.keys("EC", "secp384r1");
    assertEquals(forger.secret.id(), X509Verifier.verify(List.of(forger.withHostKey().forge()), NOW));
    Forger other = new Forger();
    other.keys = other.signingKeys = Forger.keys("Ed25519", "");
    other.algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
    other.signatureName = "Ed25519";
    assertEquals(other.secret.id(), X509Verifier.verify(List.of(other.withHostKey().forge()), NOW));
  }

  @Test
  void verify_noneOrTwoCertificates_areRefused() throws Exception {
    byte[] good = forger.withHostKey().forge();
    assertEquals(NOT_ONE_CERTIFICATE, refusal());
    assertEquals(NOT_ONE_CERTIFICATE, refusal(good, good));
  }

  @Test
  void verify_outsideItsTime_isRefused() throws Exception {
    forger.withHostKey().end = Forger.time("260630235959Z");
    assertEquals(NOT_VALID_NOW, refusal(forger.forge()));
    forger.begin = Forger.time("260701000001Z");
    forger.end = X509Certificates.END;
    assertEquals(NOT_VALID_NOW, refusal(forger.forge()));
  }

  @Test
  void verify_signedByAnotherKey_isRefused() throws Exception {
    forger.withHostKey().signingKeys = Forger.keys("EC", "secp256r1");
    assertEquals(BAD_SELF_SIGNATURE, refusal(forger.forge()));
  }

  @Test
  void verify_rsaOrAnotherCurve_isRefused() throws Exception {
    forger.keys = forger.signingKeys = Forger.keys("RSA", "");
    forger.algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.11"));
    forger.signatureName = "SHA256withRSA";
    assertEquals(UNSUPPORTED_KEY, refusal(forger.withHostKey().forge()));
    Forger other = new Forger();
    other.keys = other.signingKeys = Forger.keys("EC", "secp521r1");
    assertEquals(UNSUPPORTED_KEY, refusal(other.withHostKey().forge()));
  }

  @Test
  void verify_anotherCriticalExtension_isRefused() throws Exception {
    byte[] fine = forger.withHostKey().with(new Extension(OTHER, false, new byte[] {5, 0})).forge();
    assertEquals(forger.secret.id(), X509Verifier.verify(List.of(fine), NOW));
    Forger other = new Forger();
    assertEquals(
        UNKNOWN_CRITICAL_EXTENSION,
        refusal(other.withHostKey().with(new Extension(OTHER, true, new byte[] {5, 0})).forge()));
  }

  @Test
  void verify_withoutHostKey_isRefused() throws Exception {
    assertEquals(NOT_ONE_HOST_KEY, refusal(forger.with(new Extension(OTHER, false, new byte[] {5, 0})).forge()));
  }

  @Test
  void verify_hostKeyOfAnotherCertificate_isRefused() throws Exception {
    byte[] foreign = X509Certificates.hostKey(forger.secret, new Forger().spki());
    assertEquals(
        BAD_HOST_SIGNATURE, refusal(forger.with(new Extension(X509Certificates.HOST_KEY, true, foreign)).forge()));
  }

  @Test
  void verify_oddHostKeyValues_areRefused() throws Exception {
    byte[] signature = forger.secret.sign(X509Certificates.signedBytes(forger.spki())).toByteArray();
    DEROctetString key = new DEROctetString(forger.secret.id().toByteArray());
    assertEquals(MALFORMED, refusal(withValue(key)));
    assertEquals(MALFORMED, refusal(withValue(key, new DEROctetString(signature), key)));
    assertEquals(
        BAD_HOST_SIGNATURE, refusal(withValue(new DEROctetString(new byte[31]), new DEROctetString(signature))));
    assertEquals(
        BAD_HOST_SIGNATURE, refusal(withValue(key, new DEROctetString(Arrays.copyOf(signature, 63)))));
  }

  private byte[] withValue(ASN1Encodable... parts) throws Exception {
    forger.extensions.clear();
    return forger
        .with(new Extension(X509Certificates.HOST_KEY, true, new DERSequence(parts).getEncoded()))
        .forge();
  }

  @Test
  void verify_anyByteChangedOrMissing_isRefused() throws Exception {
    byte[] good = forger.withHostKey().forge();
    for (int i = 0; i < good.length; i++) {
      for (int bits : new int[] {0x01, 0x90}) {
        byte[] changed = good.clone();
        changed[i] ^= (byte) bits;
        assertThrows(
            IdentityException.class,
            () -> X509Verifier.verify(List.of(changed), NOW),
            "byte " + i + " changed by " + bits);
      }
      assertEquals(MALFORMED, refusal(Arrays.copyOf(good, i)));
    }
    assertEquals(MALFORMED, refusal(Arrays.copyOf(good, good.length + 1)));
    assertEquals(MALFORMED, refusal(new byte[100_000]));
  }
}
