package org.docs4j.blobs.bao;

import java.util.ArrayDeque;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.Hash;

/**
 * Builds the outboard of a blob from the chaining values of its groups, given from left to right.
 *
 * <p>Holds one chaining value for each level of the tree. For one thread at a time.
 */
public final class OutboardBuilder {
  private final BaoTree tree;
  private final Target target;
  private final ArrayDeque<Subtree> finished = new ArrayDeque<>();
  private long groups;

  /** Where the parents of the outboard go; they come in post-order. */
  @FunctionalInterface
  public interface Target {
    /**
     * Takes a parent.
     *
     * @param index its place in the outboard, in parents
     * @param pair its 64 bytes, not used afterwards
     */
    void parent(long index, byte[] pair);
  }

  private record Subtree(long firstGroup, long groups, Hash cv) {}

  /** A builder for a blob of this size. */
  public OutboardBuilder(BaoTree tree, Target target) {
    this.tree = tree;
    this.target = target;
  }

  /**
   * The chaining value of one group, or the hash of the blob if it has only one.
   *
   * @param data holds the group
   * @param start where it starts
   * @param length its length in bytes, at most 16 KiB
   * @param group its number
   * @param only whether the blob has no other group
   */
  public static byte[] groupHash(byte[] data, int start, int length, long group, boolean only) {
    return Blake3.subtree(data, start, length, group * BaoTree.GROUP_CHUNKS, only);
  }

  /**
   * Takes the chaining value of the next group.
   *
   * @throws IllegalArgumentException if there are more of them than the blob has groups
   */
  public void group(byte[] cv) {
    if (groups == tree.groups()) {
      throw new IllegalArgumentException("more than " + groups + " groups");
    }
    finished.push(new Subtree(groups, 1, Hash.of(cv)));
    groups++;
    boolean last = groups == tree.groups();
    while (finished.size() > 1 && (last || Long.bitCount(groups) < finished.size())) {
      merge();
    }
  }

  private void merge() {
    Subtree right = finished.pop();
    Subtree left = finished.pop();
    long count = left.groups + right.groups;
    byte[] pair = new byte[BaoTree.PARENT_BYTES];
    left.cv.bytes().writeTo(pair, 0);
    right.cv.bytes().writeTo(pair, Blake3.HASH_BYTES);
    byte[] cv = Blake3.parent(left.cv.toByteArray(), right.cv.toByteArray(), count == tree.groups());
    target.parent(tree.parentIndex(left.firstGroup, count), pair);
    finished.push(new Subtree(left.firstGroup, count, Hash.of(cv)));
  }

  /**
   * The hash of the blob.
   *
   * @throws IllegalArgumentException if groups are missing
   */
  public Hash root() {
    if (groups != tree.groups()) {
      throw new IllegalArgumentException(groups + " of " + tree.groups() + " groups");
    }
    return finished.element().cv;
  }
}
