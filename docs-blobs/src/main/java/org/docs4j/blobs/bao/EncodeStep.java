package org.docs4j.blobs.bao;

/** One piece of a response, in the order in which the pieces are sent. */
public sealed interface EncodeStep {
  /**
   * A parent that the outboard holds.
   *
   * @param index its place in the outboard, in parents
   */
  record Parent(long index) implements EncodeStep {}

  /**
   * Data that is sent as it is.
   *
   * @param offset in bytes
   * @param length in bytes, at most 16 KiB; 0 only for an empty blob
   */
  record Leaf(long offset, int length) implements EncodeStep {}

  /**
   * A group of which only some chunks are wanted: {@link CutGroup#encode} turns its data into what is sent.
   *
   * @param group the group
   */
  record Cut(CutGroup group) implements EncodeStep {}
}
