package org.docs4j.api;

/** The store was written by a newer release in a format that this one does not know; nothing was changed. */
public class StoreVersionException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreVersionException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public StoreVersionException(String message, Throwable cause) {
    super(message, cause);
  }
}
