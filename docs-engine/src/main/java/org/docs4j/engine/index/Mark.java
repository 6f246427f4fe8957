package org.docs4j.engine.index;

import org.docs4j.api.model.Fingerprint;

/**
 * What the index takes from a record, read or yet to be written.
 *
 * @param fingerprint of the entry
 * @param version how new it is
 */
public record Mark(Fingerprint fingerprint, Version version) implements RecordRows.Row {}
