package org.docs4j.engine.actor;

import java.util.Optional;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.SignedEntry;

/**
 * An entry on its way to the store, and its signatures, which are the larger part of a write. They may be made while the actor
 * stores the entry: whoever is ready first leaves the rest to the other. Safe to use from any thread.
 */
final class Signing {
  private final Entry entry;
  private boolean underWay;
  private boolean stored;
  private Optional<SignedEntry> signed;

  private Signing(Entry entry, boolean underWay, Optional<SignedEntry> signed) {
    this.entry = entry;
    this.underWay = underWay;
    this.signed = signed;
  }

  /** Signatures that somebody makes at the moment, who will say {@link #end}. */
  static Signing begin(Entry entry) {
    return new Signing(entry, true, Optional.empty());
  }

  /** Signatures that are there already; empty: the actor is to make them. */
  static Signing ended(Entry entry, Optional<SignedEntry> signed) {
    return new Signing(entry, false, signed);
  }

  Entry entry() {
    return entry;
  }

  /**
   * Ends the making of the signatures.
   *
   * @param made empty if it failed: the actor makes them then
   * @return whether the entry is stored already, so that the actor is to be told that it can be completed
   */
  synchronized boolean end(Optional<SignedEntry> made) {
    underWay = false;
    signed = made;
    return stored;
  }

  /** The signed entry, if it is there. */
  synchronized Optional<SignedEntry> signed() {
    return signed;
  }

  /** Whether they are still being made. */
  synchronized boolean isUnderWay() {
    return underWay;
  }

  /** Notes that the entry is stored, though it is not signed; returns whether the signatures are still being made. */
  synchronized boolean noteStored() {
    stored = true;
    return underWay;
  }
}
