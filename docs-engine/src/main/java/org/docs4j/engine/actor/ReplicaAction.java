package org.docs4j.engine.actor;

import java.util.Optional;
import org.docs4j.api.model.NamespaceId;

/** An action on one replica; each fails with {@link org.docs4j.api.ReplicaNotFoundException} if it is not kept. */
sealed interface ReplicaAction<R> extends Action<R> permits HandleAction, EntryAction, NoteAction {
  /** The replica. */
  NamespaceId namespace();

  @Override
  default Optional<NamespaceId> document() {
    return Optional.of(namespace());
  }
}
