package org.docs4j.tck.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.NavigableMap;
import org.docs4j.api.StoreException;

/** All tables in one file, written anew with each commit. */
final class TinyFile {
  static final String NAME = "tiny.store";

  private final Path file;

  TinyFile(Path folder) {
    file = folder.resolve(NAME);
  }

  /** Adds all that is in the file to the tables. */
  void read(TinyTables tables) {
    if (Files.notExists(file)) {
      return;
    }
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int rows = in.readInt(); rows > 0; rows--) {
        NavigableMap<byte[], byte[]> table = tables.table(in.readUnsignedByte());
        table.put(in.readNBytes(in.readInt()), in.readNBytes(in.readInt()));
      }
    } catch (IOException e) {
      throw new StoreException("cannot be read", e);
    }
  }

  void write(TinyTables tables) {
    Path fresh = file.resolveSibling(NAME + ".new");
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
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
    } catch (IOException e) {
      throw new StoreException("cannot be written", e);
    }
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException("cannot be written", e);
    }
  }
}
