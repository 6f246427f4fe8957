package org.docs4j.transport.quic;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointSecret;

/** Makes the certificates by which peers know each other: a fresh key that the endpoint key vouches for (WIRE 8). */
final class X509Certificates {
  /** The extension that holds the endpoint key and its signature. */
  static final ASN1ObjectIdentifier HOST_KEY = new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");

  private static final byte[] PREFIX = "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);
  static final AlgorithmIdentifier SHA256_WITH_ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final ASN1Sequence NOBODY = new DERSequence();
  // Wide enough that no clock of any machine is outside: the proof does not depend on time.
  static final Time BEGIN = Time.getInstance(new DERUTCTime("750101000000Z"));
  static final Time END = Time.getInstance(new DERGeneralizedTime("40960101000000Z"));

  private X509Certificates() {}

  /**
   * A certificate and its key.
   *
   * @param certificate DER
   * @param keys the fresh keys that it is for
   */
  record Issued(Bytes certificate, KeyPair keys) {}

  /** Makes a fresh P-256 key and a certificate that the endpoint's key vouches for. */
  static Issued issue(EndpointSecret secret, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      SubjectPublicKeyInfo spki = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
      Extension hostKey = new Extension(HOST_KEY, true, hostKey(secret, spki.getEncoded(ASN1Encoding.DER)));
      BigInteger serial = new BigInteger(63, random);
      ASN1Sequence body = body(serial, SHA256_WITH_ECDSA, BEGIN, END, spki, new Extensions(hostKey));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate(), random);
      return new Issued(Bytes.of(sign(body, SHA256_WITH_ECDSA, signature)), keys);
    } catch (GeneralSecurityException | IOException e) {
      throw new TransportException("this JVM cannot make a P-256 certificate: " + e.getMessage(), e);
    }
  }

  /** What is signed (RFC 5280, section 4.1), written out: builders of certificates refuse to leave the names empty. */
  static ASN1Sequence body(
      BigInteger serial,
      AlgorithmIdentifier algorithm,
      Time begin,
      Time end,
      SubjectPublicKeyInfo spki,
      Extensions extensions) {
    return new DERSequence(
        new ASN1Encodable[] {
          new DERTaggedObject(true, 0, new ASN1Integer(2)),
          new ASN1Integer(serial),
          algorithm,
          NOBODY,
          new DERSequence(new ASN1Encodable[] {begin, end}),
          NOBODY,
          spki,
          new DERTaggedObject(true, 3, extensions)
        });
  }

  /** The certificate: body, algorithm, signature. */
  static byte[] sign(ASN1Sequence body, AlgorithmIdentifier algorithm, Signature signature)
      throws GeneralSecurityException, IOException {
    signature.update(body.getEncoded(ASN1Encoding.DER));
    return new DERSequence(new ASN1Encodable[] {body, algorithm, new DERBitString(signature.sign())})
        .getEncoded(ASN1Encoding.DER);
  }

  /** The value of the extension: the endpoint key, and its signature over the certificate's key. */
  static byte[] hostKey(EndpointSecret secret, byte[] spki) throws IOException {
    return new DERSequence(
            new ASN1Encodable[] {
              new DEROctetString(secret.id().toByteArray()),
              new DEROctetString(secret.sign(signedBytes(spki)).toByteArray())
            })
        .getEncoded(ASN1Encoding.DER);
  }

  /** What the endpoint key signs: a fixed prefix, then the certificate's key as DER SubjectPublicKeyInfo. */
  static byte[] signedBytes(byte[] spki) {
    byte[] message = new byte[PREFIX.length + spki.length];
    System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
    System.arraycopy(spki, 0, message, PREFIX.length, spki.length);
    return message;
  }
}
