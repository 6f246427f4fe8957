package org.docs4j.api.model;

/** Why an entry is not valid for a replica (WIRE 3.5). */
public enum ValidationFailure {
  /** It belongs to another document. */
  WRONG_NAMESPACE("the entry belongs to another document"),
  /** One of its signatures does not hold. */
  BAD_SIGNATURE("a signature of the entry does not hold"),
  /** Its timestamp lies more than ten minutes in the future. */
  TOO_FAR_IN_FUTURE("the entry's timestamp lies too far in the future"),
  /** Zero length and the hash of nothing do not come together. */
  INCONSISTENT_EMPTY("length and hash of the entry contradict each other"),
  /** Its key is longer than {@link Key#MAX_BYTES}. */
  KEY_TOO_LONG("the entry's key is longer than 1 MiB"),
  /** A user tried to write no content, which would be a deletion. */
  EMPTY_CONTENT("an entry without content is a deletion: use delete instead");

  private final String sentence;

  ValidationFailure(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in words. */
  public String sentence() {
    return sentence;
  }
}
