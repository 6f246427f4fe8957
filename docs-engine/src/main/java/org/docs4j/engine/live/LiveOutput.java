package org.docs4j.engine.live;

import java.time.Duration;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** What {@link LiveState} wants done. */
public sealed interface LiveOutput {
  /** Dial a peer and sync a document with it; report the end under the session's number. */
  record Dial(NamespaceId namespace, EndpointId peer, Origin origin, long session) implements LiveOutput {}

  /** Hand {@link LiveInput.Retry} with the same number back after the delay. */
  record RetryLater(NamespaceId namespace, EndpointId peer, long retry, Duration delay) implements LiveOutput {}

  /** Hand {@link LiveInput.Check} back after the delay. */
  record CheckLater(NamespaceId namespace, Duration delay) implements LiveOutput {}
}
