package org.docs4j.api;

import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/**
 * An application's decision which peers may sync which document with this node.
 *
 * <p>It is asked before each session about a document that is being synced, whoever begins the session; a document that is
 * not synced is declined without asking. It decides about sessions, in which both sides read and write: entries still have
 * to be signed, and gossip about a document reaches everyone who knows the document's id and joins its swarm. A decision
 * holds for the session that it was asked for.
 *
 * <p>Threads: called on threads that may block, several at once, one at a time for a peer and a document. Whoever waits for
 * it is only the session that it is about: a decision that takes longer than ten seconds, throws, or gives null, refuses
 * that session as {@link AbortReason#INTERNAL_SERVER_ERROR}, and so do decisions beyond the 64 that may be under way, four
 * of them for the same peer.
 */
@FunctionalInterface
public interface SyncAccess {
  /** Lets every peer sync every document that this node syncs. */
  SyncAccess EVERYONE = (document, peer) -> new Decision.Allow();

  /** Decides whether a peer, whose identity is proved, may sync a document with this node now. */
  Decision decide(NamespaceId document, EndpointId peer);

  /** What becomes of a session. */
  sealed interface Decision {
    /** It may begin: the peer gets our entries, and we take its. */
    record Allow() implements Decision {}

    /**
     * It may not begin.
     *
     * @param reason what a peer that asked for it is told; a peer that this node would have dialled is told nothing
     */
    record Refuse(AbortReason reason) implements Decision {
      /** Refuses as if the document were not here. */
      public Refuse() {
        this(AbortReason.NOT_FOUND);
      }
    }
  }
}
