package org.docs4j.engine.actor;

import org.docs4j.engine.ranger.RangeMessage;

/**
 * What a message led to.
 *
 * @param reply what to answer, empty when there is nothing to say; the content status of its entries is not set yet
 * @param stored how many received entries were new and stored
 * @param rejected how many received entries are not valid
 */
public record ProcessedMessage(RangeMessage reply, long stored, long rejected) {}
