package org.docs4j.engine.wire;

import org.docs4j.api.AbortReason;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.RangeMessage;

/** A message of a sync session (WIRE 4.3). */
public sealed interface SyncMessage {
  /**
   * The first message, from the initiator.
   *
   * @param namespace the document to sync
   * @param message where reconciliation begins
   */
  record Init(NamespaceId namespace, RangeMessage message) implements SyncMessage {}

  /**
   * Every further message; without parts it says that its sender has nothing more to say.
   *
   * @param message how reconciliation goes on
   */
  record Sync(RangeMessage message) implements SyncMessage {}

  /**
   * The responder declines.
   *
   * @param reason why
   */
  record Abort(AbortReason reason) implements SyncMessage {}
}
