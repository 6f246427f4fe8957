package org.docs4j.blobs.bao;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import org.docs4j.blobs.bao.ChunkRanges.Selection;

/**
 * The encoder: says step by step what a response carries after its size header (WIRE 6.2). Whoever drives it fetches the
 * bytes, so that a response is never in memory as a whole. For one thread at a time.
 */
public final class ResponsePlan {
  private final BaoTree tree;
  private final ChunkRanges ranges;
  private final ArrayDeque<Node> stack = new ArrayDeque<>();

  private record Node(long chunk, long chunks, long parentIndex) {}

  /** The response to a request for ranges of a blob of this size. */
  public ResponsePlan(BaoTree tree, ChunkRanges wanted) {
    this.tree = tree;
    this.ranges = wanted.within(tree);
    push(0, tree.chunks(), 0);
  }

  /** Whether there is another step. */
  public boolean hasNext() {
    return !stack.isEmpty();
  }

  /**
   * The next step.
   *
   * @throws NoSuchElementException if there is none
   */
  public EncodeStep next() {
    Node node = stack.pop();
    if (node.chunks > BaoTree.GROUP_CHUNKS) {
      long left = BaoTree.leftCount(node.chunks);
      push(node.chunk + left, node.chunks - left, node.parentIndex + BaoTree.groups(left));
      push(node.chunk, left, node.parentIndex + 1);
      return new EncodeStep.Parent(node.parentIndex);
    }
    long offset = node.chunk << 10;
    int length = (int) tree.byteLength(node.chunk, node.chunks);
    if (node.chunks == 1 || ranges.selection(node.chunk, node.chunk + node.chunks) == Selection.ALL) {
      return new EncodeStep.Leaf(offset, length);
    }
    return new EncodeStep.Cut(new CutGroup(offset, length, ranges));
  }

  private void push(long chunk, long chunks, long parentIndex) {
    if (ranges.selection(chunk, chunk + chunks) != Selection.NONE) {
      stack.push(new Node(chunk, chunks, parentIndex));
    }
  }
}
