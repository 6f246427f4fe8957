package org.docs4j.engine.actor;

import org.docs4j.engine.ranger.RangeMessage;

/**
 * What some pieces of a message led to.
 *
 * @param stored how many entries were new and stored
 * @param rejected how many entries are not valid
 * @param reply after the last pieces what to answer to the whole message, empty when there is nothing to say; the content
 *     status of its entries is not set yet
 */
public record TakenPieces(long stored, long rejected, RangeMessage reply) {
  /** No pieces. */
  public static final TakenPieces NONE = new TakenPieces(0, 0, RangeMessage.EMPTY);
}
