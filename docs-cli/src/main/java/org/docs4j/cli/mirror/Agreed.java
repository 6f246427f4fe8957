package org.docs4j.cli.mirror;

/**
 * The state in which folder and document last agreed about a path; remembered over restarts.
 *
 * @param version what the document said
 * @param stamp what the file looked like
 */
public record Agreed(Version version, Stamp stamp) {
  /** They never had to: both knew of nothing. */
  public static final Agreed NOTHING = new Agreed(Version.NONE, Stamp.NONE);
}
