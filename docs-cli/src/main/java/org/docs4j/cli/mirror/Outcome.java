package org.docs4j.cli.mirror;

/** What came of an action. */
public sealed interface Outcome {
  /**
   * Folder and document agree.
   *
   * @param agreed about what
   */
  record Settled(Agreed agreed) implements Outcome {}

  /**
   * The file was not as expected; nothing was done.
   *
   * @param stamp how it is
   */
  record DiskIs(Stamp stamp) implements Outcome {}

  /** The content is not on this node yet. */
  record NotHere() implements Outcome {}

  /** It could not be done now; it is tried again later. */
  record Failed() implements Outcome {}
}
