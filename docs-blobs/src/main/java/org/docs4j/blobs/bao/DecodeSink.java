package org.docs4j.blobs.bao;

/** Takes what a {@link BaoDecoder} has verified, in the order of its arrival. */
public interface DecodeSink {
  /**
   * The size that the sender claims; nothing proves it before the decoder says so.
   *
   * @param claimed in bytes, 0 or more
   */
  void size(long claimed);

  /**
   * A verified parent of the outboard.
   *
   * @param index its place in the outboard of a blob of the claimed size
   * @param pair its 64 bytes, valid during the call
   */
  void parent(long index, byte[] pair);

  /**
   * Verified data.
   *
   * @param offset where it belongs in the blob
   * @param data holds it, valid during the call
   * @param start where it starts in {@code data}
   * @param length its length, at most 16 KiB; 0 only for an empty blob
   */
  void leaf(long offset, byte[] data, int start, int length);
}
