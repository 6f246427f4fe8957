package org.docs4j.api;

/** The store was opened for reading only, and something was to be written; nothing has changed. */
public class StoreReadOnlyException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreReadOnlyException(String message) {
    super(message);
  }
}
