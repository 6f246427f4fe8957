package org.docs4j.engine.replica;

import org.docs4j.api.model.RecordIdentifier;

/**
 * Where the results of a query go on.
 *
 * @param at the last entry that was looked at
 * @param skip how many results behind it are still to be passed over
 */
public record PageMark(RecordIdentifier at, long skip) {}
