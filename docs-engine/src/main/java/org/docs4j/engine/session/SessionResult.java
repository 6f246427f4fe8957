package org.docs4j.engine.session;

import java.util.Optional;
import org.docs4j.api.DocsException;

/**
 * How a session ended.
 *
 * @param failure why it failed; empty when both sides were equal at its end
 * @param sent how many entries went to the peer
 * @param received how many entries of the peer were new and stored
 * @param rejected how many entries of the peer were not valid
 */
public record SessionResult(Optional<DocsException> failure, long sent, long received, long rejected) {
  /** Of a session that failed before anything moved. */
  public static SessionResult failed(DocsException failure) {
    return new SessionResult(Optional.of(failure), 0, 0, 0);
  }

  /** Whether it succeeded. */
  public boolean succeeded() {
    return failure.isEmpty();
  }
}
