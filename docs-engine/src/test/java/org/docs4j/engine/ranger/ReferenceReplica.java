package org.docs4j.engine.ranger;

import org.docs4j.api.model.SignedEntry;

/**
 * A replica with the insert rule as real nodes have it in place of the intended one: neither tombstones nor entries at the
 * empty key protect any place (WIRE 3.3).
 */
public final class ReferenceReplica extends NaiveReplica {
  @Override
  protected boolean protects(SignedEntry other, SignedEntry entry) {
    return super.protects(other, entry) && !other.entry().isEmpty() && other.id().key().size() > 0;
  }
}
