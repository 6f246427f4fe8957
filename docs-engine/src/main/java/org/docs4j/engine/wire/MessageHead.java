package org.docs4j.engine.wire;

import org.docs4j.api.AbortReason;
import org.docs4j.api.model.NamespaceId;

/** What a message of a session begins with (WIRE 4.3); its parts follow. */
public sealed interface MessageHead {
  /**
   * The first message of the initiator.
   *
   * @param namespace the document to sync
   * @param parts how many parts follow
   */
  record Init(NamespaceId namespace, int parts) implements MessageHead {}

  /**
   * Every further message.
   *
   * @param parts how many parts follow
   */
  record Sync(int parts) implements MessageHead {}

  /**
   * The responder declines.
   *
   * @param reason why
   */
  record Abort(AbortReason reason) implements MessageHead {}
}
