package org.docs4j.engine.index;

import java.util.Optional;

/**
 * A run of consecutive records that the index counts as one.
 *
 * @param low no record of it is below these bytes, and every one before it is
 * @param high every record of it is below these bytes; empty for the last bucket
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Bucket(byte[] low, Optional<byte[]> high) {}
