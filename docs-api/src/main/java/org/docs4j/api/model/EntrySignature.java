package org.docs4j.api.model;

/**
 * The two signatures of an entry, in the order of the wire (WIRE 2.4).
 *
 * @param author made with the author's key
 * @param namespace made with the namespace's key
 */
public record EntrySignature(Signature author, Signature namespace) {}
