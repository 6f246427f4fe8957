package org.docs4j.api;

/** This node does not let a peer sync a document, or not at the moment. Nothing was exchanged. */
public class SyncRefusedException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was refused, and why. */
  public SyncRefusedException(String message) {
    super(message);
  }
}
