package org.docs4j.api;

import java.util.Objects;

/** A peer that was dialled did not prove to be who it must be. There is no connection with it, and nothing was exchanged. */
public class PeerIdentityException extends TransportException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the proof. */
  public enum Reason {
    /** There is no certificate, or more than one. */
    NOT_ONE_CERTIFICATE,
    /** The certificate cannot be read. */
    MALFORMED,
    /** Its time has not come or is over. */
    NOT_VALID_NOW,
    /** Its key or signature is of a kind that peers do not use. */
    UNSUPPORTED_KEY,
    /** Somebody else signed it, or it was changed. */
    BAD_SELF_SIGNATURE,
    /** It demands something that is not understood. */
    UNKNOWN_CRITICAL_EXTENSION,
    /** The endpoint key is not in the certificate, or several times. */
    NOT_ONE_HOST_KEY,
    /** The endpoint key did not sign the certificate's key. */
    BAD_HOST_SIGNATURE,
    /** The raw public key is none of Ed25519, or one in whose name anybody could sign. */
    UNUSABLE_KEY,
    /** It is a peer, but not the one that was dialled. */
    ANOTHER_PEER
  }

  private final Reason reason;

  /** Says what is wrong; of several addresses at which a peer was dialled, at the first one where something was. */
  public PeerIdentityException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason);
  }

  /** What is wrong with the proof. */
  public Reason reason() {
    return reason;
  }
}
