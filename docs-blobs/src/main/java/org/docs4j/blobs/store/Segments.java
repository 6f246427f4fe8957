package org.docs4j.blobs.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.BlobException;
import org.docs4j.blobs.bao.BaoTree;

/**
 * Bytes in memory that grow at the end, in pieces of 16 KiB. One thread writes; others read what was written before they
 * were given the object.
 */
final class Segments {
  private static final int SEGMENT_BYTES = BaoTree.GROUP_BYTES;

  private final List<byte[]> segments = new ArrayList<>();
  private final MemoryRoom room;
  private long size;

  Segments(MemoryRoom room) {
    this.room = room;
  }

  long size() {
    return size;
  }

  /** Writes at a place at or before the end. */
  void write(long at, byte[] source, int start, int length) {
    if (at > size) {
      throw new BlobException("a hole of " + (at - size) + " bytes in a blob");
    }
    int done = 0;
    while (done < length) {
      int index = (int) ((at + done) / SEGMENT_BYTES);
      int offset = (int) ((at + done) % SEGMENT_BYTES);
      int taken = Math.min(length - done, SEGMENT_BYTES - offset);
      ensure(index, offset + taken);
      System.arraycopy(source, start + done, segments.get(index), offset, taken);
      done += taken;
    }
    size = Math.max(size, at + length);
  }

  /** A segment has the length that it needs at first, and grows by doubling when there is more. */
  private void ensure(int index, int length) {
    if (index == segments.size()) {
      room.take(length);
      segments.add(new byte[length]);
    } else if (segments.get(index).length < length) {
      byte[] old = segments.get(index);
      int grown = Math.min(SEGMENT_BYTES, Math.max(length, 2 * old.length));
      room.take(grown - old.length);
      segments.set(index, Arrays.copyOf(old, grown));
    }
  }

  /** Reads so many bytes, all of which are there. */
  void read(long from, byte[] target, int start, int length) {
    if (from + length > size) {
      throw new BlobException("bytes up to " + (from + length) + " of a blob that has " + size);
    }
    int done = 0;
    while (done < length) {
      int index = (int) ((from + done) / SEGMENT_BYTES);
      int offset = (int) ((from + done) % SEGMENT_BYTES);
      int taken = Math.min(length - done, SEGMENT_BYTES - offset);
      System.arraycopy(segments.get(index), offset, target, start + done, taken);
      done += taken;
    }
  }

  /** Gives the room back; the bytes stay readable for those who have them. */
  void giveBack() {
    segments.forEach(segment -> room.give(segment.length));
  }
}
