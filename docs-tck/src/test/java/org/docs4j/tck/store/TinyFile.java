package org.docs4j.tck.store;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;

/** All tables in one file with a checksum at its end, written anew with each commit. */
final class TinyFile {
  static final String NAME = "tiny.store";

  private final Path file;
  private final Set<StoreFlaw> flaws;
  private boolean wasFull;

  TinyFile(Path folder, Set<StoreFlaw> flaws) {
    file = folder.resolve(NAME);
    this.flaws = flaws;
  }

  /** Adds all that is in the file to the tables. */
  void read(TinyTables tables) {
    if (Files.notExists(file)) {
      return;
    }
    try {
      byte[] content = Files.readAllBytes(file);
      int length = content.length - Long.BYTES;
      CRC32 sum = new CRC32();
      sum.update(content, 0, Math.max(length, 0));
      boolean whole = length >= 0 && ByteBuffer.wrap(content, length, Long.BYTES).getLong() == sum.getValue();
      if (whole) {
        read(tables, new DataInputStream(new ByteArrayInputStream(content, 0, length)));
      } else if (!flaws.contains(StoreFlaw.HIDES_DAMAGE)) {
        throw new StoreCorruptedException(file + " is damaged");
      }
    } catch (IOException e) {
      throw new StoreException("cannot be read", e);
    }
  }

  private static void read(TinyTables tables, DataInputStream in) throws IOException {
    for (int rows = in.readInt(); rows > 0; rows--) {
      NavigableMap<byte[], byte[]> table = tables.table(in.readUnsignedByte());
      table.put(in.readNBytes(in.readInt()), in.readNBytes(in.readInt()));
    }
  }

  void write(TinyTables tables) {
    if (wasFull && flaws.contains(StoreFlaw.FORGETS_AFTER_FULL)) {
      return;
    }
    Path fresh = file.resolveSibling(NAME + ".new");
    try {
      try {
        write(tables, fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(flaws.contains(StoreFlaw.LOSES_WHEN_FULL) ? file : fresh);
        throw e;
      }
    } catch (IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      wasFull |= full;
      throw full && !flaws.contains(StoreFlaw.HIDES_A_FULL_DISK)
          ? new StoreFullException("there is no room", e) : new StoreException("cannot be written", e);
    }
  }

  private static void write(TinyTables tables, Path fresh) throws IOException {
    CRC32 sum = new CRC32();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh));
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(file, sum))) {
      out.writeInt(tables.all().values().stream().mapToInt(Map::size).sum());
      for (Map.Entry<Integer, NavigableMap<byte[], byte[]>> table : tables.all().entrySet()) {
        for (Map.Entry<byte[], byte[]> row : table.getValue().entrySet()) {
          out.writeByte(table.getKey());
          out.writeInt(row.getKey().length);
          out.write(row.getKey());
          out.writeInt(row.getValue().length);
          out.write(row.getValue());
        }
      }
      out.writeLong(sum.getValue());
    }
  }
}
