package org.docs4j.engine.session;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.docs4j.api.DocsException;

/** Makes one typed failure of whatever a stage failed with. */
public final class Failures {
  private Failures() {}

  /** The failure itself, without the wrapping of stages; unexpected ones as {@link DocsException} with their cause. */
  public static DocsException of(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException) && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner instanceof DocsException known
        ? known
        : new DocsException("unexpected failure: " + inner, inner);
  }
}
