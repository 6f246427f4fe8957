package org.docs4j.engine.index;

import org.docs4j.api.model.Fingerprint;

/** The records of one document, in the order of their identifiers. */
public interface RecordRows {
  /**
   * Shows records from the given bytes on, in order, until the visitor has seen enough.
   *
   * @param from the bytes below which no record is shown; may be less than the document's first identifier
   */
  void visit(byte[] from, Visitor visitor);

  /** Is shown records. */
  interface Visitor {
    /**
     * Sees one record; returns whether it wants another one.
     *
     * @param id the identifier, not to be changed
     * @param row what the index takes from the record, to be read during the call
     */
    boolean visit(byte[] id, Row row);
  }

  /** What the index takes from a record; each part is read when it is asked for. */
  interface Row {
    /** The fingerprint of the entry. */
    Fingerprint fingerprint();

    /** How new it is. */
    Version version();
  }
}
