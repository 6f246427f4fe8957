package org.docs4j.api;

/** Stored data is damaged or was not written by this kind of store; nothing was changed. */
public class StoreCorruptedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreCorruptedException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public StoreCorruptedException(String message, Throwable cause) {
    super(message, cause);
  }
}
