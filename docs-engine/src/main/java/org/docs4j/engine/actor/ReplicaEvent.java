package org.docs4j.engine.actor;

import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/** Told by the sync actor when an entry was stored, in the order of storing. */
public sealed interface ReplicaEvent {
  /** The replica. */
  NamespaceId namespace();

  /** What was stored. */
  SignedEntry entry();

  /**
   * Written on this node.
   *
   * @param namespace the replica
   * @param entry what was stored
   */
  record Local(NamespaceId namespace, SignedEntry entry) implements ReplicaEvent {}

  /**
   * Received from a peer.
   *
   * @param namespace the replica
   * @param entry what was stored
   * @param from who delivered it
   * @param contentStatus how much of the content the deliverer has
   * @param wanted whether the policy wants the content; it is then noted as wanted in the store
   */
  record Remote(
      NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus, boolean wanted)
      implements ReplicaEvent {}
}
