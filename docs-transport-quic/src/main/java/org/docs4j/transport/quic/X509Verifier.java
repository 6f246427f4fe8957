package org.docs4j.transport.quic;

import static org.docs4j.api.PeerIdentityException.Reason.BAD_HOST_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.BAD_SELF_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.MALFORMED;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_CERTIFICATE;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_HOST_KEY;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_VALID_NOW;
import static org.docs4j.api.PeerIdentityException.Reason.UNKNOWN_CRITICAL_EXTENSION;
import static org.docs4j.api.PeerIdentityException.Reason.UNSUPPORTED_KEY;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.EndpointId;

/**
 * Checks the certificate of a peer as WIRE 8 says. Whoever can connect chooses these bytes; a chain is refused, never
 * followed, and no name, purpose or issuer is looked at.
 */
final class X509Verifier {
  /** More bytes than any certificate of a peer has. */
  private static final int MAX_BYTES = 4096;

  private static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
  private static final Map<AlgorithmIdentifier, String> SIGNATURES =
      Map.of(
          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256), "SHA256withECDSA",
          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384), "SHA384withECDSA",
          ED25519, "Ed25519");
  private static final Map<AlgorithmIdentifier, String> KEYS =
      Map.of(
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1), "EC",
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1), "EC",
          ED25519, "Ed25519");

  private X509Verifier() {}

  /**
   * Returns who the chain proves the peer to be. Nothing else comes out, whatever the parsers and
   * providers below make of the bytes.
   *
   * @param chain what the peer sent, DER
   * @param now the present time
   * @throws IdentityException with the reason, if it proves nothing
   */
  static EndpointId verify(List<byte[]> chain, Instant now) throws IdentityException {
    if (chain.size() != 1) {
      throw new IdentityException(NOT_ONE_CERTIFICATE);
    }
    byte[] der = chain.get(0);
    if (der.length == 0 || der.length > MAX_BYTES) {
      throw new IdentityException(MALFORMED);
    }
    try {
      X509Parts certificate = X509Parts.parse(der);
      if (now.isBefore(certificate.notBefore()) || now.isAfter(certificate.notAfter())) {
        throw new IdentityException(NOT_VALID_NOW);
      }
      checkExtensions(certificate);
      checkSelfSignature(certificate);
      return hostKey(certificate);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new IdentityException(MALFORMED, e);
    }
  }

  private static void checkExtensions(X509Parts certificate) throws IdentityException {
    for (ASN1ObjectIdentifier critical : certificate.extensions().getCriticalExtensionOIDs()) {
      if (!critical.equals(X509Certificates.HOST_KEY)) {
        throw new IdentityException(UNKNOWN_CRITICAL_EXTENSION);
      }
    }
    // Two of the same kind do not get so far: the parser refuses them.
    if (certificate.extensions().getExtension(X509Certificates.HOST_KEY) == null) {
      throw new IdentityException(NOT_ONE_HOST_KEY);
    }
  }

  private static void checkSelfSignature(X509Parts certificate) throws IOException, IdentityException {
    String algorithm = SIGNATURES.get(certificate.algorithm());
    String kind = KEYS.get(certificate.key().getAlgorithm());
    if (algorithm == null || kind == null || algorithm.equals(kind) != kind.equals("Ed25519")) {
      throw new IdentityException(UNSUPPORTED_KEY);
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      X509EncodedKeySpec key = new X509EncodedKeySpec(certificate.key().getEncoded(ASN1Encoding.DER));
      signature.initVerify(KeyFactory.getInstance(kind).generatePublic(key));
      signature.update(certificate.signed().toByteArray());
      if (!signature.verify(certificate.signature().toByteArray())) {
        throw new IdentityException(BAD_SELF_SIGNATURE);
      }
    } catch (GeneralSecurityException e) {
      throw new IdentityException(BAD_SELF_SIGNATURE, e);
    }
  }

  private static EndpointId hostKey(X509Parts certificate) throws IOException, IdentityException {
    Extension extension = certificate.extensions().getExtension(X509Certificates.HOST_KEY);
    ASN1Sequence pair = ASN1Sequence.getInstance(extension.getExtnValue().getOctets());
    if (pair.size() != 2) {
      throw new IdentityException(MALFORMED);
    }
    byte[] key = ASN1OctetString.getInstance(pair.getObjectAt(0)).getOctets();
    byte[] signature = ASN1OctetString.getInstance(pair.getObjectAt(1)).getOctets();
    byte[] message = X509Certificates.signedBytes(certificate.key().getEncoded(ASN1Encoding.DER));
    if (key.length != Ed25519.PUBLIC_KEY_BYTES || !Ed25519.verify(key, message, signature)) {
      throw new IdentityException(BAD_HOST_SIGNATURE);
    }
    return EndpointId.of(key);
  }
}
