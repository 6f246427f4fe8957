package org.docs4j.api;

/** There is no room left in the store or on its disk; the transaction is rolled back, what was committed before stays. */
public class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreFullException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
