package org.docs4j.api;

/** No provider, or no single one, answers to what was asked: none is installed, the named one is missing, or several are there and none is named. */
public class ProviderException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public ProviderException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
