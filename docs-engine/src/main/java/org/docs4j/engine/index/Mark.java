package org.docs4j.engine.index;

import org.docs4j.api.model.Fingerprint;

/**
 * What the index takes from a record.
 *
 * @param fingerprint of the entry
 * @param version how new it is
 */
public record Mark(Fingerprint fingerprint, Version version) {}
