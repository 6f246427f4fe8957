package org.docs4j.api;

import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;

/** Something that happened to a document. Events of one document come in the order in which they happened. */
public sealed interface LiveEvent {
  /**
   * An entry was written on this node.
   *
   * @param entry which
   */
  record InsertLocal(Entry entry) implements LiveEvent {}

  /**
   * An entry came from a peer.
   *
   * @param from who delivered it, not necessarily its author
   * @param entry which
   * @param contentStatus how much of the content the deliverer has
   */
  record InsertRemote(EndpointId from, Entry entry, ContentStatus contentStatus) implements LiveEvent {}

  /**
   * Content arrived and is complete on this node.
   *
   * @param hash which
   */
  record ContentReady(Hash hash) implements LiveEvent {}

  /** All content that was wanted at the end of the last session is here, or could not be had from anybody. */
  record PendingContentReady() implements LiveEvent {}

  /**
   * A peer became a direct neighbour in the document's swarm.
   *
   * @param peer who
   */
  record NeighborUp(EndpointId peer) implements LiveEvent {}

  /**
   * A peer is no longer a direct neighbour.
   *
   * @param peer who
   */
  record NeighborDown(EndpointId peer) implements LiveEvent {}

  /**
   * A session with a peer ended.
   *
   * @param report how it went
   */
  record SyncFinished(SyncReport report) implements LiveEvent {}

  /**
   * This subscriber was too slow and missed events; the document itself is complete.
   *
   * @param missed how many, at least one
   */
  record Lagged(long missed) implements LiveEvent {}
}
