package org.docs4j.gossip.proto;

import org.docs4j.api.model.Bytes;

/** What a peer tells others about itself, here where it can be reached; the protocol passes it on unread (WIRE 5.2). */
public sealed interface PeerData {
  /** Nothing was said; differs on the wire from something that is empty. */
  record Absent() implements PeerData {}

  /**
   * Something was said.
   *
   * @param bytes what, in a form that the protocol does not know
   */
  record Present(Bytes bytes) implements PeerData {}

  /** Nothing. */
  static PeerData absent() {
    return new Absent();
  }

  /** These bytes. */
  static PeerData of(Bytes bytes) {
    return new Present(bytes);
  }

  /** How many bytes there are, 0 if nothing was said. */
  default int size() {
    return this instanceof Present present ? present.bytes().size() : 0;
  }
}
