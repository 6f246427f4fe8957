package org.docs4j.api;

import java.nio.file.Path;
import java.util.List;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.blobs.BlobStore;

/**
 * A node: its documents, authors, content and its place on the network.
 *
 * <p>Safe to use from any thread. After {@link #close} every call fails with {@link ReplicaClosedException}.
 */
public interface Docs extends AutoCloseable {
  /** Begins a node that keeps everything in memory. */
  static DocsBuilder memory() {
    return DocsBuilder.memory();
  }

  /** Begins a node that keeps everything in a folder, which is created if need be; one node at a time. */
  static DocsBuilder persistent(Path folder) {
    return DocsBuilder.persistent(folder);
  }

  /** This node's id with its present addresses. */
  EndpointAddr addr();

  /** The authors kept here. */
  Authors authors();

  /** Makes a new document that this node may write to; durable when it returns. */
  Doc create();

  /**
   * Opens a document that is kept here.
   *
   * @throws ReplicaNotFoundException if it is not
   */
  Doc open(NamespaceId id);

  /** The documents kept here, in order of their ids, and what this node may do with them. */
  List<DocInfo> list();

  /** Keeps a document, or upgrades the right to one that is kept; does not sync it yet. Durable when it returns. */
  Doc importCapability(Capability capability);

  /**
   * Keeps a ticket's document and starts to sync it with the ticket's peers.
   *
   * @throws InvalidTicketException if the ticket has only addresses that this node cannot dial
   */
  Doc join(DocTicket ticket);

  /**
   * Ends syncing a document and deletes it from this node with all its entries; durable when it returns. Handles of it are
   * closed. Other documents can be used meanwhile. If the process ends in the middle, the document is there as before, or
   * gone: what is left of it is removed at the next start.
   *
   * @throws ReplicaNotFoundException if it is not here
   */
  void drop(NamespaceId id);

  /**
   * Starts to sync every document that was syncing when the node was last closed or killed.
   *
   * @return how many
   */
  int resumeSync();

  /** The node's content. */
  BlobStore blobs();

  /** Makes everything written so far survive a loss of power. */
  void flush();

  /**
   * Ends all sessions and subscriptions, makes everything durable and frees everything. Idempotent, waits. What was
   * acknowledged is told to subscribers first; whatever is asked meanwhile is done, or fails with {@link
   * ReplicaClosedException}.
   */
  @Override
  void close();
}
