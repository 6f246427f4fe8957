package org.docs4j.engine.wire;

import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/** What peers tell each other about a document over gossip (WIRE 5.5). */
public sealed interface Op {
  /**
   * An entry was just written by the sender of the broadcast.
   *
   * @param entry which
   */
  record Put(SignedEntry entry) implements Op {}

  /**
   * Content is now complete at the sender.
   *
   * @param hash which
   */
  record ContentReady(Hash hash) implements Op {}

  /**
   * The sender received entries from somebody else.
   *
   * @param namespace the document
   * @param heads what the sender has now
   */
  record SyncReport(NamespaceId namespace, AuthorHeads heads) implements Op {}
}
