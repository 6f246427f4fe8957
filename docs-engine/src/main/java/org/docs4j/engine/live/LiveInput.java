package org.docs4j.engine.live;

import java.util.List;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** What {@link LiveState} is told. */
public sealed interface LiveInput {
  /** The document. */
  NamespaceId namespace();

  /** The application wants a document synced, first of all with these peers. */
  record StartSync(NamespaceId namespace, List<EndpointId> peers) implements LiveInput {
    /** Copies the list. */
    public StartSync {
      peers = List.copyOf(peers);
    }
  }

  /** The application no longer wants a document synced. */
  record Leave(NamespaceId namespace) implements LiveInput {}

  /** A peer became a neighbour in the document's swarm. */
  record NeighborUp(NamespaceId namespace, EndpointId peer) implements LiveInput {}

  /** A peer is a neighbour no longer. */
  record NeighborDown(NamespaceId namespace, EndpointId peer) implements LiveInput {}

  /** A peer reported entries that this node does not have. */
  record News(NamespaceId namespace, EndpointId peer) implements LiveInput {}

  /** Messages about a document were lost, ours or those of others: only sessions with the neighbours make up for it. */
  record GossipLost(NamespaceId namespace) implements LiveInput {}

  /** A message about a document was sent or came. */
  record GossipSeen(NamespaceId namespace) implements LiveInput {}

  /** Something was stored here, of whomever. */
  record Changed(NamespaceId namespace) implements LiveInput {}

  /** The time has come that {@link LiveOutput.CheckLater} asked for. */
  record Check(NamespaceId namespace) implements LiveInput {}

  /**
   * A session has ended.
   *
   * @param session the number that it was given when it began
   */
  record SessionEnded(NamespaceId namespace, EndpointId peer, long session, Ending ending) implements LiveInput {}

  /** The time has come that {@link LiveOutput.RetryLater} asked for. */
  record Retry(NamespaceId namespace, EndpointId peer, long retry) implements LiveInput {}

  /** How a session ended. */
  enum Ending {
    /** Both sides are equal, and something was new here. */
    SUCCESS,
    /** Both sides are equal, and nothing of the peer was new here. */
    NOTHING_NEW,
    /** The application does not let the peer sync the document. */
    REFUSED,
    /** The peer said that another session between the two is under way. */
    ALREADY_SYNCING,
    /** Anything else. */
    FAILURE
  }
}
