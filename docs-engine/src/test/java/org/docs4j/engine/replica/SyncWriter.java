package org.docs4j.engine.replica;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.WriteTxn;

/** The process that is traced: it makes a few commits, each between two lines. */
final class SyncWriter {
  static final int COMMITS = 10;
  static final String BEGIN = "begin ";
  static final String ANSWERED = "answered ";

  private SyncWriter() {}

  /** Name of the store, its folder, and the durability of the commits. */
  public static void main(String[] arguments) throws IOException {
    Durability durability = Durability.valueOf(arguments[2]);
    StoreConfig config = new StoreConfig(Optional.of(Path.of(arguments[1])), List.of(Tables.RECORDS), Map.of());
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        KeyValueStore store = Providers.store(Optional.of(arguments[0]), true).open(config)) {
      for (int i = 0; i < COMMITS; i++) {
        say(out, BEGIN + i);
        try (WriteTxn txn = store.write()) {
          txn.put(Tables.RECORDS, new byte[] {(byte) i}, new byte[1000 * (i + 1)]);
          txn.commit(durability);
        }
        say(out, ANSWERED + i);
      }
    }
  }

  private static void say(FileOutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
