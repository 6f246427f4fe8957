package org.docs4j.engine.replica;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.StoreConfig;

/**
 * The process that is killed: it goes on with a {@link CrashPlan} where the store says it was, for ever, and says each
 * commit that has returned. Now and then it closes the store and opens it again.
 */
final class CrashWriter {
  /** The line before a store is opened; without a pause after it. */
  static final String OPENING = "opening";

  /** The beginning of the line after a commit; the number of transactions in the store follows. */
  static final String COMMITTED = "committed ";

  private static final int TRANSACTIONS_A_STORE = 25;

  private CrashWriter() {}

  /** Small maps and buffers, so that growing, sorting and merging are killed as well. */
  static Map<String, String> options(String store) {
    return store.equals("lmdb")
        ? Map.of("map-size", "1048576")
        : Map.of("write-buffer-size", "65536", "block-cache-size", "1048576");
  }

  static ReplicaStore open(String store, Path folder, CrashFlaw flaw) {
    StoreConfig config = new StoreConfig(Optional.of(folder), List.copyOf(KeyValueReplicaStore.tables()), options(store));
    return KeyValueReplicaStore.open(flaw.on(Providers.store(Optional.of(store), true).open(config)));
  }

  /** Name of the store, its folder, the seed, whether it is opened again now and then, and what it does wrong. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    CrashPlan plan = new CrashPlan(Long.parseLong(arguments[2]));
    long atOnce = Boolean.parseBoolean(arguments[3]) ? TRANSACTIONS_A_STORE : Long.MAX_VALUE;
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      if (System.in.read() < 0) {
        return;
      }
      while (true) {
        say(out, OPENING);
        try (ReplicaStore store = open(arguments[0], folder, CrashFlaw.valueOf(arguments[4]))) {
          write(store, plan, atOnce, out);
        }
      }
    }
  }

  private static void write(ReplicaStore store, CrashPlan plan, long times, FileOutputStream out) throws IOException {
    long number;
    try (ReplicaReader reader = store.read()) {
      number = CrashPlan.count(reader);
    }
    for (long end = number + Math.min(times, Integer.MAX_VALUE); number < end; number++) {
      try (ReplicaWriter writer = store.write()) {
        Durability durability = plan.transaction(number, new Writing(writer));
        writer.commit(durability);
      }
      say(out, COMMITTED + (number + 1));
    }
  }

  private static void say(FileOutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private record Writing(ReplicaWriter writer) implements CrashPlan.Sink {
    @Override
    public void put(SignedEntry entry) {
      writer.put(entry, removed -> {});
    }

    @Override
    public void drop(NamespaceId namespace) {
      writer.drop(namespace);
    }
  }
}
