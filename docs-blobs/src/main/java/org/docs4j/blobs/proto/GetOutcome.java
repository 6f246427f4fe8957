package org.docs4j.blobs.proto;

/** How a peer's answer to a request ended. */
public sealed interface GetOutcome {
  /** All that was asked for is here and verified. */
  record Complete() implements GetOutcome {}

  /** The peer does not have the blob. */
  record NotFound() implements GetOutcome {}

  /**
   * The peer does not give the blob.
   *
   * @param code why (WIRE 6.3)
   */
  record Refused(long code) implements GetOutcome {}

  /** The answer ended before it was complete: the peer has only a part, or goes away. */
  record CutOff() implements GetOutcome {}
}
