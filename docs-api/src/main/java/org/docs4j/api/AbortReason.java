package org.docs4j.api;

/** Why a peer declines a sync session, in the order of the wire (WIRE 4.3). */
public enum AbortReason {
  /** It does not have the document, or does not sync it at the moment. */
  NOT_FOUND("it does not sync this document"),
  /** A session between the two about this document is running already. */
  ALREADY_SYNCING("a session about this document is running already"),
  /** It could not decide. */
  INTERNAL_SERVER_ERROR("it had a problem of its own");

  private final String sentence;

  AbortReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in words. */
  public String sentence() {
    return sentence;
  }
}
