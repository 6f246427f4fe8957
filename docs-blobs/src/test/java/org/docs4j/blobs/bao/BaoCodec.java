package org.docs4j.blobs.bao;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.model.Hash;

/** Encodes and decodes whole blobs in memory, for tests. */
public final class BaoCodec {
  private BaoCodec() {}

  /** A blob with its hash and outboard. */
  public static final class Encoded {
    private final Hash hash;
    private final byte[] outboard;

    private Encoded(Hash hash, byte[] outboard) {
      this.hash = hash;
      this.outboard = outboard;
    }

    /** Its hash. */
    public Hash hash() {
      return hash;
    }

    /** Its outboard. */
    public byte[] outboard() {
      return outboard;
    }
  }

  /** Hashes content and makes its outboard. */
  public static Encoded outboard(byte[] content) {
    BaoTree tree = new BaoTree(content.length);
    byte[] outboard = new byte[(int) tree.outboardBytes()];
    OutboardBuilder builder =
        new OutboardBuilder(tree, (index, pair) -> System.arraycopy(pair, 0, outboard, (int) index * 64, 64));
    for (int i = 0; i < tree.groups(); i++) {
      int start = i * BaoTree.GROUP_BYTES;
      int length = Math.min(BaoTree.GROUP_BYTES, content.length - start);
      builder.group(OutboardBuilder.groupHash(content, start, length, i, tree.groups() == 1));
    }
    return new Encoded(builder.root(), outboard);
  }

  /** The whole response. */
  public static byte[] encode(byte[] content, ChunkRanges ranges) {
    Encoded encoded = outboard(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(content.length).array());
    ResponsePlan plan = new ResponsePlan(new BaoTree(content.length), ranges);
    while (plan.hasNext()) {
      EncodeStep step = plan.next();
      if (step instanceof EncodeStep.Parent parent) {
        out.write(encoded.outboard(), (int) parent.index() * 64, 64);
      } else if (step instanceof EncodeStep.Leaf leaf) {
        out.write(content, (int) leaf.offset(), leaf.length());
      } else if (step instanceof EncodeStep.Cut cut) {
        out.writeBytes(cut.group().encode(content, (int) cut.group().offset()));
      }
    }
    return out.toByteArray();
  }

  /** What a decoder passed on. */
  static final class Decoded implements DecodeSink {
    /** The claimed size. */
    long size = -1;

    /** Data by its offset. */
    final Map<Long, byte[]> leaves = new TreeMap<>();

    /** Parents by their place. */
    final Map<Long, byte[]> parents = new TreeMap<>();

    @Override
    public void size(long claimed) {
      size = claimed;
    }

    @Override
    public void parent(long index, byte[] pair) {
      parents.put(index, pair.clone());
    }

    @Override
    public void leaf(long offset, byte[] data, int start, int length) {
      leaves.put(offset, Arrays.copyOfRange(data, start, start + length));
    }

    /** All leaves after each other. */
    byte[] content() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      leaves.values().forEach(out::writeBytes);
      return out.toByteArray();
    }
  }

  /** Decodes a response that arrives in pieces of one size; returns what was verified, the end of it included. */
  static Decoded decode(BaoDecoder decoder, byte[] response, int pieceBytes) {
    Decoded decoded = new Decoded();
    for (int at = 0; at < response.length && !decoder.isDone(); at += pieceBytes) {
      decoder.feed(ByteBuffer.wrap(response, at, Math.min(pieceBytes, response.length - at)), decoded);
    }
    return decoded;
  }
}
