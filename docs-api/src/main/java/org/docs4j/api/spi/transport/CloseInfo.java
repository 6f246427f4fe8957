package org.docs4j.api.spi.transport;

/**
 * How a connection ended.
 *
 * @param kind who or what ended it
 * @param code the application code, or -1 where there is none
 * @param reason the text that came with it, possibly empty
 */
public record CloseInfo(Kind kind, long code, String reason) {
  /** Who or what ended the connection. */
  public enum Kind {
    /** This side closed it. */
    LOCAL,
    /** The peer closed it with an application code. */
    PEER,
    /** Nothing came from the peer for too long. */
    TIMED_OUT,
    /** An error of the transport itself. */
    FAILED
  }
}
