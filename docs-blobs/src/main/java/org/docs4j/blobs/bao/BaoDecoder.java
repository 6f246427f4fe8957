package org.docs4j.blobs.bao;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.docs4j.api.ContentMismatchException;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.ChunkRanges.Selection;

/**
 * The decoder: takes a response in pieces of any size and passes on only what it has verified against the hash
 * (WIRE 6.2).
 *
 * <p>It holds at most one group of data and one hash for each level of the tree, whatever size the sender claims: 55
 * levels at most. For one thread at a time.
 */
public final class BaoDecoder {
  private static final int HEADER_BYTES = 8;

  private final ChunkRanges wanted;
  private final Hash root;
  private final ArrayDeque<Node> stack = new ArrayDeque<>();
  private final byte[] small = new byte[BaoTree.PARENT_BYTES];

  private byte[] gathered = small;
  private int filled;
  private int needed = HEADER_BYTES;
  private boolean headerSeen;
  private BaoTree tree = new BaoTree(0);
  private ChunkRanges ranges = ChunkRanges.none();
  private boolean sizeProven;
  private boolean wrong;

  private record Node(long chunk, long chunks, long parentIndex, Hash expected, boolean isRoot) {}

  /** The decoder for a response to a request for ranges, not empty, of a blob. */
  public BaoDecoder(Hash root, ChunkRanges wanted) {
    this.root = root;
    this.wanted = wanted;
  }

  /** Whether all of the response has arrived and is verified. */
  public boolean isDone() {
    return headerSeen && stack.isEmpty() && !wrong;
  }

  /** Whether the claimed size is the true one: the last chunk of the blob was verified. */
  public boolean sizeProven() {
    return sizeProven;
  }

  /** Whether any byte of the response has arrived. */
  public boolean hasBegun() {
    return headerSeen || filled > 0;
  }

  /**
   * Takes the next bytes, up to the end of the response: what follows it stays in the buffer.
   *
   * @throws ContentMismatchException if the bytes are not those of the blob; nothing from the first wrong parent or group
   *     on was passed on, and the decoder must not be used any more
   */
  public void feed(ByteBuffer input, DecodeSink sink) {
    while (!isDone() && input.hasRemaining()) {
      if (filled == 0 && input.hasArray() && input.remaining() >= needed && headerSeen) {
        int at = input.arrayOffset() + input.position();
        input.position(input.position() + needed);
        item(input.array(), at, sink);
        continue;
      }
      gather(input);
      if (filled == needed) {
        filled = 0;
        if (headerSeen) {
          item(gathered, 0, sink);
        } else {
          header(sink);
        }
      }
    }
  }

  private void gather(ByteBuffer input) {
    if (gathered.length < needed) {
      gathered = Arrays.copyOf(gathered, BaoTree.GROUP_BYTES);
    }
    int taken = Math.min(needed - filled, input.remaining());
    input.get(gathered, filled, taken);
    filled += taken;
  }

  private void header(DecodeSink sink) {
    long size = ByteBuffer.wrap(gathered).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size < 0) {
      throw new ContentMismatchException("a peer claims " + Long.toUnsignedString(size) + " bytes for blob " + root.shortText());
    }
    headerSeen = true;
    tree = new BaoTree(size);
    ranges = wanted.within(tree);
    sink.size(size);
    push(0, tree.chunks(), 0, root, true);
    prepare(sink);
  }

  private void item(byte[] data, int at, DecodeSink sink) {
    Node node = stack.pop();
    if (isLeaf(node)) {
      leaf(node, data, at, sink);
    } else {
      parent(node, data, at, sink);
    }
    prepare(sink);
  }

  private void leaf(Node node, byte[] data, int at, DecodeSink sink) {
    int length = leafLength(node);
    check(node, Blake3.subtree(data, at, length, node.chunk, node.isRoot));
    sizeProven |= node.chunk + node.chunks == tree.chunks();
    sink.leaf(node.chunk << 10, data, at, length);
  }

  private void parent(Node node, byte[] data, int at, DecodeSink sink) {
    byte[] pair = Arrays.copyOfRange(data, at, at + BaoTree.PARENT_BYTES);
    // Not copied from the pair: of a copy of a copy, JDK 17's optimizing compiler made wrong bytes here.
    byte[] left = Arrays.copyOfRange(data, at, at + Blake3.HASH_BYTES);
    byte[] right = Arrays.copyOfRange(data, at + Blake3.HASH_BYTES, at + BaoTree.PARENT_BYTES);
    check(node, Blake3.parent(left, right, node.isRoot));
    if (node.chunks > BaoTree.GROUP_CHUNKS) {
      sink.parent(node.parentIndex, pair);
    }
    long leftChunks = BaoTree.leftCount(node.chunks);
    push(node.chunk + leftChunks, node.chunks - leftChunks, node.parentIndex + BaoTree.groups(leftChunks), Hash.of(right), false);
    push(node.chunk, leftChunks, node.parentIndex + 1, Hash.of(left), false);
  }

  private void check(Node node, byte[] actual) {
    if (!node.expected.equals(Hash.of(actual))) {
      wrong = true;
      throw new ContentMismatchException(
          "a peer sent other bytes than those of blob " + root.shortText() + ", found at byte " + (node.chunk << 10));
    }
  }

  private void push(long chunk, long chunks, long parentIndex, Hash expected, boolean isRoot) {
    if (ranges.selection(chunk, chunk + chunks) != Selection.NONE) {
      stack.push(new Node(chunk, chunks, parentIndex, expected, isRoot));
    }
  }

  /** Finds how many bytes the next item has; an empty blob has a leaf without bytes, which is complete at once. */
  private void prepare(DecodeSink sink) {
    if (stack.isEmpty()) {
      return;
    }
    Node next = stack.element();
    needed = isLeaf(next) ? leafLength(next) : BaoTree.PARENT_BYTES;
    if (needed == 0) {
      leaf(stack.pop(), small, 0, sink);
    }
  }

  private boolean isLeaf(Node node) {
    return node.chunks == 1
        || (node.chunks <= BaoTree.GROUP_CHUNKS
            && ranges.selection(node.chunk, node.chunk + node.chunks) == Selection.ALL);
  }

  private int leafLength(Node node) {
    return (int) tree.byteLength(node.chunk, node.chunks);
  }
}
