package org.docs4j.engine.replica;

import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;

/**
 * Work on a document of which a part is stored and the rest is still to be done, before anything else is read or written
 * there.
 *
 * <p>What is committed between two parts says so, so that the work goes on after a crash.
 */
public sealed interface Unfinished {
  /** The document. */
  NamespaceId namespace();

  /**
   * A document that is being removed.
   *
   * @param namespace the document
   */
  record Drop(NamespaceId namespace) implements Unfinished {}

  /**
   * An entry on its way in: some of the older entries at longer keys are removed, the entry itself is not stored yet.
   *
   * @param entry which
   */
  record Put(SignedEntry entry) implements Unfinished {
    @Override
    public NamespaceId namespace() {
      return entry.id().namespace();
    }
  }
}
