package org.docs4j.transport.quic;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.docs4j.api.model.Bytes;

/**
 * The parts of a certificate (RFC 5280, section 4.1) that say who a peer is. Parsers of certificates refuse those of
 * peers, which name no issuer; so this takes the ASN.1 apart by itself.
 *
 * @param signed what is signed, DER
 * @param algorithm how it is signed
 * @param signature the signature
 * @param notBefore when it begins to be valid
 * @param notAfter when it ceases to be valid
 * @param key the key that it is for
 * @param extensions what else it says
 */
record X509Parts(
    Bytes signed,
    AlgorithmIdentifier algorithm,
    Bytes signature,
    Instant notBefore,
    Instant notAfter,
    SubjectPublicKeyInfo key,
    Extensions extensions) {
  private static final int VERSION_3 = 2;
  private static final int MIN_FIELDS = 8;
  private static final int EXTENSIONS_TAG = 3;

  /**
   * Takes a certificate apart.
   *
   * @throws IOException if it is not ASN.1
   * @throws IllegalArgumentException if it is not DER throughout, not a certificate of version 3, or has no extensions
   */
  static X509Parts parse(byte[] der) throws IOException {
    ASN1Sequence certificate = ASN1Sequence.getInstance(ASN1Sequence.fromByteArray(der));
    require(certificate.size() == 3 && Arrays.equals(certificate.getEncoded(ASN1Encoding.DER), der));
    ASN1Sequence body = ASN1Sequence.getInstance(certificate.getObjectAt(0));
    require(body.size() >= MIN_FIELDS);
    ASN1Integer version = ASN1Integer.getInstance(ASN1TaggedObject.getInstance(body.getObjectAt(0), 128, 0), true);
    require(version.hasValue(VERSION_3));
    AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(body.getObjectAt(2));
    require(algorithm.equals(AlgorithmIdentifier.getInstance(certificate.getObjectAt(1))));
    ASN1Sequence validity = ASN1Sequence.getInstance(body.getObjectAt(4));
    require(validity.size() == 2);
    ASN1TaggedObject last = ASN1TaggedObject.getInstance(body.getObjectAt(body.size() - 1));
    require(last.getTagNo() == EXTENSIONS_TAG);
    return new X509Parts(
        Bytes.of(body.getEncoded(ASN1Encoding.DER)),
        algorithm,
        Bytes.of(ASN1BitString.getInstance(certificate.getObjectAt(2)).getOctets()),
        Time.getInstance(validity.getObjectAt(0)).getDate().toInstant(),
        Time.getInstance(validity.getObjectAt(1)).getDate().toInstant(),
        SubjectPublicKeyInfo.getInstance(body.getObjectAt(6)),
        Extensions.getInstance(last, true));
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("not the certificate of a peer");
    }
  }
}
