package org.docs4j.engine.actor;

import java.util.Optional;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;

/**
 * An entry on its way to the store, and its signatures, which are the larger part of a write. They may be made while the actor
 * stores the entry: whoever is ready first leaves the rest to the other. If they are shared, whoever writes makes the author's
 * first, and that of the namespace is made by who comes to it first. Safe to use from any thread.
 */
final class Signing {
  private final Entry entry;
  private boolean underWay;
  private boolean stored;
  private boolean namespaceTaken;
  private Optional<Signature> ofAuthor = Optional.empty();
  private Optional<Signature> ofNamespace = Optional.empty();
  private Optional<SignedEntry> signed;

  private Signing(Entry entry, boolean underWay, boolean shared, Optional<SignedEntry> signed) {
    this.entry = entry;
    this.underWay = underWay;
    this.namespaceTaken = !shared;
    this.signed = signed;
  }

  /** Signatures that somebody makes at the moment, who will say {@link #end}. */
  static Signing begin(Entry entry) {
    return new Signing(entry, true, false, Optional.empty());
  }

  /** Signatures that somebody makes at the moment, who will say {@link #endAuthor}, or {@link #end} if that fails. */
  static Signing beginShared(Entry entry) {
    return new Signing(entry, true, true, Optional.empty());
  }

  /** Signatures that are there already; empty: the actor is to make them. */
  static Signing ended(Entry entry, Optional<SignedEntry> signed) {
    return new Signing(entry, false, false, signed);
  }

  Entry entry() {
    return entry;
  }

  /** Whether the signature of the namespace is left to the caller, who is to say {@link #addNamespace}. */
  synchronized boolean takeNamespace() {
    boolean left = !namespaceTaken;
    namespaceTaken = true;
    return left;
  }

  /** Takes the signature of the namespace. */
  synchronized void addNamespace(Signature made) {
    ofNamespace = Optional.of(made);
    join();
  }

  /**
   * Ends the work of whoever writes: there is the author's signature, and that of the namespace is there or being made. If
   * that fails, the actor makes both when the entry is needed.
   *
   * @return whether the entry is signed, and stored already, so that the actor is to be told that it can be completed
   */
  synchronized boolean endAuthor(Signature made) {
    ofAuthor = Optional.of(made);
    join();
    return stored && signed.isPresent();
  }

  private void join() {
    if (ofAuthor.isPresent() && ofNamespace.isPresent()) {
      signed = Optional.of(new SignedEntry(new EntrySignature(ofAuthor.get(), ofNamespace.get()), entry));
      underWay = false;
    }
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
