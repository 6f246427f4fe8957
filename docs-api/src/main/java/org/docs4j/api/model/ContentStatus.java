package org.docs4j.api.model;

/** How much of an entry's content a node has, in the order of the wire (WIRE 3.1). */
public enum ContentStatus {
  /** All of it. */
  COMPLETE,
  /** A part of it. */
  INCOMPLETE,
  /** Nothing. */
  MISSING
}
