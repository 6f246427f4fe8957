package org.docs4j.transport.quic;

/** How a peer proves who it is; each peer dialled needs the right one (WIRE 8). */
enum IdentityKind {
  /** The endpoint key itself (RFC 7250), as peers since 0.34 have it. */
  RAW_KEY,
  /** A certificate that the endpoint key vouches for, as peers up to 0.33 have it. */
  X509
}
