package org.docs4j.blobs.bao;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.blobs.bao.ChunkRanges.Selection;

/**
 * A group of which a request wants some chunks and not others; it goes out with parents below the level of groups.
 *
 * @param offset where its data starts in the blob, in bytes
 * @param length of its data in bytes, 1025 to 16384
 * @param ranges what is wanted of the blob
 */
public record CutGroup(long offset, int length, ChunkRanges ranges) {
  /**
   * What is sent for the group.
   *
   * @param data holds the whole group
   * @param start where the group starts in {@code data}
   * @throws IndexOutOfBoundsException if the group is not inside the array
   */
  public byte[] encode(byte[] data, int start) {
    Objects.checkFromIndexSize(start, length, data.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encode(data, start, length, offset >>> 10, out);
    return out.toByteArray();
  }

  private void encode(byte[] data, int start, int bytes, long chunk, ByteArrayOutputStream out) {
    int chunks = (bytes + Blake3.CHUNK_BYTES - 1) / Blake3.CHUNK_BYTES;
    Selection selection = ranges.selection(chunk, chunk + chunks);
    if (selection == Selection.NONE) {
      return;
    }
    if (chunks == 1 || selection == Selection.ALL) {
      out.write(data, start, bytes);
      return;
    }
    int leftChunks = (int) BaoTree.leftCount(chunks);
    int leftBytes = leftChunks * Blake3.CHUNK_BYTES;
    out.writeBytes(Blake3.subtree(data, start, leftBytes, chunk, false));
    out.writeBytes(Blake3.subtree(data, start + leftBytes, bytes - leftBytes, chunk + leftChunks, false));
    encode(data, start, leftBytes, chunk, out);
    encode(data, start + leftBytes, bytes - leftBytes, chunk + leftChunks, out);
  }
}
