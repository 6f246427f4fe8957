package org.docs4j.blobs.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.docs4j.api.BlobException;
import org.docs4j.api.model.Hash;
import org.docs4j.blobs.bao.BaoDecoder;
import org.docs4j.blobs.bao.BaoTree;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.DecodeSink;
import org.docs4j.blobs.bao.EncodeStep;
import org.docs4j.blobs.bao.ResponsePlan;

/**
 * Checks stored data with its stored outboard against the hash, by decoding what would be sent: after a crash it tells
 * how much of a partial blob is good, and whether a complete one is.
 */
final class SelfCheck implements DecodeSink {
  private long verified;

  private SelfCheck() {}

  /** How many bytes from the beginning are right; groups count as a whole. */
  static long verifiedPrefix(Hash hash, BlobSource source) {
    SelfCheck check = new SelfCheck();
    BaoTree tree = new BaoTree(source.size());
    BaoDecoder decoder = new BaoDecoder(hash, ChunkRanges.all());
    ResponsePlan plan = new ResponsePlan(tree, ChunkRanges.all());
    byte[] buffer = new byte[BaoTree.GROUP_BYTES];
    try {
      decoder.feed(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, source.size()), check);
      while (plan.hasNext()) {
        EncodeStep step = plan.next();
        if (step instanceof EncodeStep.Parent parent) {
          source.parent(parent.index(), buffer, 0);
          decoder.feed(ByteBuffer.wrap(buffer, 0, BaoTree.PARENT_BYTES), check);
        } else if (step instanceof EncodeStep.Leaf leaf) {
          source.data(leaf.offset(), buffer, 0, leaf.length());
          decoder.feed(ByteBuffer.wrap(buffer, 0, leaf.length()), check);
        }
      }
    } catch (BlobException e) {
      // Wrong bytes, or none where the file ends: good as far as it got.
      return check.verified;
    }
    return check.verified;
  }

  @Override
  public void size(long claimed) {}

  @Override
  public void parent(long index, byte[] pair) {}

  @Override
  public void leaf(long offset, byte[] data, int start, int length) {
    verified = offset + length;
  }
}
