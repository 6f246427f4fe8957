package org.docs4j.blobs.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.docs4j.blobs.bao.BaoTree;
import org.docs4j.blobs.bao.ChunkRanges;
import org.docs4j.blobs.bao.EncodeStep;
import org.docs4j.blobs.bao.ResponsePlan;
import org.docs4j.blobs.store.BlobSource;

/** The bytes of the response for one blob, produced piece by piece from a store (WIRE 6.2). For one thread at a time. */
final class ResponseBytes implements AutoCloseable {
  private static final int HEADER_BYTES = 8;

  /** Parents inside of a cut group take no more than this. */
  private static final int CUT_BYTES = BaoTree.GROUP_CHUNKS * BaoTree.PARENT_BYTES;

  private final BlobSource source;
  private final ResponsePlan plan;
  private boolean headerDone;
  private Optional<EncodeStep> next = Optional.empty();

  /** Takes the source over. */
  ResponseBytes(BlobSource source, ChunkRanges ranges) {
    this.source = source;
    this.plan = new ResponsePlan(new BaoTree(source.size()), ranges);
  }

  /** A buffer of at least this size holds all of the response, unless that is larger than {@code atMost}. */
  int roomFor(int atMost) {
    return (int) Math.min(atMost, HEADER_BYTES + source.size() + source.size() / 64 + CUT_BYTES);
  }

  /** Adds bytes to an array-backed buffer while a step fits; returns whether there are more. */
  boolean fill(ByteBuffer out) {
    if (!headerDone) {
      if (out.remaining() < HEADER_BYTES) {
        return true;
      }
      out.order(ByteOrder.LITTLE_ENDIAN).putLong(source.size());
      headerDone = true;
    }
    while (next.isPresent() || plan.hasNext()) {
      EncodeStep step = next.orElseGet(plan::next);
      if (out.remaining() < room(step)) {
        next = Optional.of(step);
        return true;
      }
      next = Optional.empty();
      add(step, out);
    }
    return false;
  }

  private static int room(EncodeStep step) {
    if (step instanceof EncodeStep.Leaf leaf) {
      return leaf.length();
    }
    return step instanceof EncodeStep.Cut cut ? cut.group().length() + CUT_BYTES : BaoTree.PARENT_BYTES;
  }

  private void add(EncodeStep step, ByteBuffer out) {
    int at = out.arrayOffset() + out.position();
    if (step instanceof EncodeStep.Parent parent) {
      source.parent(parent.index(), out.array(), at);
      out.position(out.position() + BaoTree.PARENT_BYTES);
    } else if (step instanceof EncodeStep.Leaf leaf) {
      source.data(leaf.offset(), out.array(), at, leaf.length());
      out.position(out.position() + leaf.length());
    } else if (step instanceof EncodeStep.Cut cut) {
      byte[] group = new byte[cut.group().length()];
      source.data(cut.group().offset(), group, 0, group.length);
      out.put(cut.group().encode(group, 0));
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
