package org.docs4j.blobs.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Hash;

/**
 * One record of the index file: 64 bytes, big-endian.
 *
 * <pre>
 * 0  kind: 1 small, 2 large, 3 reference, 4 partial, 5 removed, 6 proven
 * 4  number of the pack, for a small blob
 * 8  offset in the pack; for kind 6 how many bytes of the index, and what they speak of, are on the disk
 * 16 size
 * 24 hash
 * 60 CRC-32C of the bytes before
 * </pre>
 */
sealed interface IndexRecord {
  /** Bytes in a record. */
  int BYTES = 64;

  /** A blob is there from now on. */
  record Present(Hash hash, Located located) implements IndexRecord {}

  /** A blob is not there any more. */
  record Removed(Hash hash) implements IndexRecord {}

  /** So many bytes of the index, and the data they speak of, survive a loss of power. */
  record Proven(long bytes) implements IndexRecord {}

  /** The 64 bytes. */
  default byte[] encode() {
    byte[] bytes = new byte[BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    if (this instanceof Present present) {
      present.hash.bytes().writeTo(bytes, 24);
      out.putLong(16, present.located.size());
      if (present.located instanceof Located.Small small) {
        out.put(0, (byte) 1).putInt(4, small.pack()).putLong(8, small.offset());
      } else if (present.located instanceof Located.Large) {
        out.put(0, (byte) 2);
      } else if (present.located instanceof Located.Reference) {
        out.put(0, (byte) 3);
      } else {
        out.put(0, (byte) 4);
      }
    } else if (this instanceof Removed removed) {
      removed.hash.bytes().writeTo(bytes, 24);
      out.put(0, (byte) 5);
    } else if (this instanceof Proven proven) {
      out.put(0, (byte) 6).putLong(8, proven.bytes);
    }
    out.putInt(60, checksum(bytes, 0));
    return bytes;
  }

  /** Reads a record; empty if it is damaged. */
  static Optional<IndexRecord> decode(byte[] bytes, int at) {
    ByteBuffer in = ByteBuffer.wrap(bytes, at, BYTES).slice();
    long size = in.getLong(16);
    if (in.getInt(60) != checksum(bytes, at) || size < 0) {
      return Optional.empty();
    }
    Hash hash = new Hash(Bytes32.of(bytes, at + 24));
    return switch (in.get(0)) {
      case 1 -> Optional.of(new Present(hash, new Located.Small(in.getInt(4), in.getLong(8), size)));
      case 2 -> Optional.of(new Present(hash, new Located.Large(size)));
      case 3 -> Optional.of(new Present(hash, new Located.Reference(size)));
      case 4 -> Optional.of(new Present(hash, new Located.Partial(size)));
      case 5 -> Optional.of(new Removed(hash));
      case 6 -> Optional.of(new Proven(in.getLong(8)));
      default -> Optional.empty();
    };
  }

  private static int checksum(byte[] bytes, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, BYTES - 4);
    return (int) crc.getValue();
  }
}
