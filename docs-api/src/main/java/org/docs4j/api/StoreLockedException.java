package org.docs4j.api;

/** The store is open in this or in another process; nothing was changed. */
public class StoreLockedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreLockedException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public StoreLockedException(String message, Throwable cause) {
    super(message, cause);
  }
}
