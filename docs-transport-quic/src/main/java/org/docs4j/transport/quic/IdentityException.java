package org.docs4j.transport.quic;

import java.security.cert.CertificateException;
import org.docs4j.api.PeerIdentityException;

/** The peer did not prove to be who it must be; for TLS, which knows certificates only. */
final class IdentityException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final PeerIdentityException.Reason reason;

  IdentityException(PeerIdentityException.Reason reason) {
    super(sentence(reason));
    this.reason = reason;
  }

  IdentityException(PeerIdentityException.Reason reason, Throwable cause) {
    super(sentence(reason), cause);
    this.reason = reason;
  }

  private static String sentence(PeerIdentityException.Reason reason) {
    return switch (reason) {
      case NOT_ONE_CERTIFICATE -> "it did not send exactly one certificate";
      case MALFORMED -> "its certificate is malformed";
      case NOT_VALID_NOW -> "its certificate is not valid at this time";
      case UNSUPPORTED_KEY -> "its certificate has a key or a signature of an unsupported kind";
      case BAD_SELF_SIGNATURE -> "its certificate is not signed by itself";
      case UNKNOWN_CRITICAL_EXTENSION -> "its certificate has another critical extension";
      case NOT_ONE_HOST_KEY -> "its certificate does not name exactly one endpoint key";
      case BAD_HOST_SIGNATURE -> "its endpoint key did not sign its certificate";
      case UNUSABLE_KEY -> "its raw public key is not a sound Ed25519 key";
      case ANOTHER_PEER -> "it is another peer than the one that was dialled";
    };
  }

  PeerIdentityException.Reason reason() {
    return reason;
  }
}
