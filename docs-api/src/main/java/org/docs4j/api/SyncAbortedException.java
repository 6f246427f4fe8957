package org.docs4j.api;

/** The peer declined to sync, or ended the session before both sides were equal. Entries received until then stay. */
public class SyncAbortedException extends DocsException {
  private static final long serialVersionUID = 1L;

  private final AbortReason reason;

  /** Reports the reason that the peer gave. */
  public SyncAbortedException(AbortReason reason) {
    super("the peer declined to sync: " + reason.sentence());
    this.reason = reason;
  }

  /** The reason that the peer gave. */
  public AbortReason reason() {
    return reason;
  }
}
