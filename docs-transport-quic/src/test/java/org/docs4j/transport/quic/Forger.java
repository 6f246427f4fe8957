package org.docs4j.transport.quic;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.docs4j.api.model.EndpointSecret;

/** Makes certificates that are good but for one thing. */
final class Forger {
  final SecureRandom random = new SecureRandom();
  final EndpointSecret secret = EndpointSecret.random(random);
  KeyPair keys = keys("EC", "secp256r1");
  KeyPair signingKeys = keys;
  AlgorithmIdentifier algorithm = X509Certificates.SHA256_WITH_ECDSA;
  String signatureName = "SHA256withECDSA";
  Time begin = X509Certificates.BEGIN;
  Time end = X509Certificates.END;
  final List<Extension> extensions = new ArrayList<>();

  Forger() throws Exception {}

  static KeyPair keys(String algorithm, String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!curve.isEmpty()) {
      generator.initialize(new ECGenParameterSpec(curve));
    } else if (algorithm.equals("RSA")) {
      generator.initialize(1024);
    }
    return generator.generateKeyPair();
  }

  static Time time(String utc) {
    return Time.getInstance(new DERUTCTime(utc));
  }

  byte[] spki() {
    return keys.getPublic().getEncoded();
  }

  Forger with(Extension extension) {
    extensions.add(extension);
    return this;
  }

  Forger withHostKey() throws Exception {
    return with(new Extension(X509Certificates.HOST_KEY, true, X509Certificates.hostKey(secret, spki())));
  }

  /** An endpoint key that vouches for the key of another certificate. */
  Forger withHostKeyFor(byte[] otherKey) throws Exception {
    return with(new Extension(X509Certificates.HOST_KEY, true, X509Certificates.hostKey(secret, otherKey)));
  }

  static Extension unknownExtension(boolean critical) {
    return new Extension(new ASN1ObjectIdentifier("1.2.3.4"), critical, new byte[] {5, 0});
  }

  byte[] forge() throws Exception {
    ASN1Sequence body =
        X509Certificates.body(
            BigInteger.ONE,
            algorithm,
            begin,
            end,
            SubjectPublicKeyInfo.getInstance(spki()),
            new Extensions(extensions.toArray(Extension[]::new)));
    Signature signature = Signature.getInstance(signatureName);
    signature.initSign(signingKeys.getPrivate());
    return X509Certificates.sign(body, algorithm, signature);
  }
}
