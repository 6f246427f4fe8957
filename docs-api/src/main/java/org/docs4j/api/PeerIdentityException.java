package org.docs4j.api;

import java.util.Objects;

/**
 * A peer that was dialled did not prove to be who it must be, at any of the addresses where it was dialled. There is no
 * connection with it, and nothing was exchanged.
 */
public class PeerIdentityException extends TransportException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the proof. Whoever dials us and is refused for it is in the transport's log with the same reason. */
  public enum Reason {
    /** There is no certificate and no key, or more than one certificate. */
    NOT_ONE_CERTIFICATE("it did not show exactly one certificate or raw public key"),
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
    /** The endpoint key is not in the certificate, or several times. */
    NOT_ONE_HOST_KEY("its certificate does not name exactly one endpoint key"),
    /** The endpoint key did not sign the certificate's key. */
    BAD_HOST_SIGNATURE("its endpoint key did not sign its certificate"),
    /** The raw public key is none of Ed25519, or one in whose name anybody could sign. */
    UNUSABLE_KEY("its raw public key is not a sound Ed25519 key"),
    /** The handshake is not signed with the key of the certificate, or with the raw public key, that was shown. */
    BAD_HANDSHAKE_SIGNATURE("it does not hold the key that it shows"),
    /** It is a peer, but not the one that was dialled. */
    ANOTHER_PEER("it is another peer than the one that was dialled");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** The same in words, about "it", the peer; the same for every transport. */
    public String sentence() {
      return sentence;
    }
  }

  private final Reason reason;

  /** Says what is wrong; of several addresses at which a peer was dialled, at the one that answered first. */
  public PeerIdentityException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason);
  }

  /** What is wrong with the proof. */
  public Reason reason() {
    return reason;
  }
}
