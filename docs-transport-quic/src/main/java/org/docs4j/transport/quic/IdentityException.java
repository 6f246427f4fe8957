package org.docs4j.transport.quic;

import java.security.cert.CertificateException;

/** The peer did not prove to be who it must be. */
final class IdentityException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the proof. */
  enum Reason {
    /** There is no certificate, or more than one. */
    NOT_ONE_CERTIFICATE("it did not send exactly one certificate"),
    /** The certificate cannot be read. */
    MALFORMED("its certificate is malformed"),
    /** Its time has not come or is over. */
    NOT_VALID_NOW("its certificate is not valid at this time"),
    /** Its key or signature is of a kind that peers do not use. */
    UNSUPPORTED_KEY("its certificate has a key or a signature of an unsupported kind"),
    /** Somebody else signed it, or it was changed. */
    BAD_SELF_SIGNATURE("its certificate is not signed by itself"),
    /** It demands something that is not understood. */
    UNKNOWN_CRITICAL_EXTENSION("its certificate has another critical extension"),
    /** The endpoint key is not there, or several times. */
    NOT_ONE_HOST_KEY("its certificate does not name exactly one endpoint key"),
    /** The endpoint key did not sign the certificate's key. */
    BAD_HOST_SIGNATURE("its endpoint key did not sign its certificate"),
    /** The raw public key is none of Ed25519, or one in whose name anybody could sign. */
    UNUSABLE_KEY("its raw public key is not a sound Ed25519 key"),
    /** It is a peer, but not the one that was dialled. */
    ANOTHER_PEER("it is another peer than the one that was dialled");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Reason reason;

  IdentityException(Reason reason) {
    super(reason.sentence);
    this.reason = reason;
  }

  IdentityException(Reason reason, Throwable cause) {
    super(reason.sentence, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
