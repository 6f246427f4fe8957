package org.docs4j.tck;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.DocsException;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * Works on a store in a process of its own, as {@link StoreProcess} asks it to: a request a line of standard input, its
 * words parted by tabs, an answer a line of standard output.
 */
final class StoreGuest {
  /** What a line that is an answer begins with; whatever else is printed is no answer. */
  static final String ANSWER = "store-guest: ";

  /** Standard output in the encoding in which {@link StoreProcess} reads it. */
  private static final PrintStream ANSWERS =
      new PrintStream(
          new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), true, StandardCharsets.UTF_8);

  private static final int SYNC_EACH = 10;
  private static final int FILLER = 128 * 1024;
  private static final int BALLAST = 24 << 20;

  private final StoreFixture kit;
  private Optional<KeyValueStore> store = Optional.empty();

  private StoreGuest(StoreFixture kit) {
    this.kit = kit;
  }

  /** Serves until there are no more requests; the argument is the name of the class that extends the kit. */
  public static void main(String[] args) throws Exception {
    Constructor<? extends StoreFixture> kit =
        Class.forName(args[0]).asSubclass(StoreFixture.class).getDeclaredConstructor();
    kit.setAccessible(true);
    StoreGuest guest = new StoreGuest(kit.newInstance());
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answer("ready");
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String[] words = line.split("\t", -1);
      try {
        guest.serve(words[0], Arrays.stream(words).skip(1).map(Path::of).toArray(Path[]::new));
      } catch (DocsException | IllegalArgumentException | IllegalStateException e) {
        answer("failed " + e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private static void answer(String text) {
    ANSWERS.println(ANSWER + text.replace('\n', ' '));
  }

  private void serve(String request, Path[] paths) throws IOException {
    switch (request) {
      case "open" -> {
        store = Optional.of(open(paths[0]));
        answer("opened");
      }
      case "close" -> {
        store.orElseThrow().close();
        answer("closed");
      }
      case "commit" -> commitForEver(store.orElseThrow());
      case "fill" -> fill(paths[0], paths[1], false);
      case "fillAndGoOn" -> fill(paths[0], paths[1], true);
      case "examine" -> {
        try (KeyValueStore opened = open(paths[0])) {
          answer("holds " + summary(opened));
        }
      }
      default -> throw new IllegalArgumentException("no request " + request);
    }
  }

  private KeyValueStore open(Path folder) {
    return kit.provider().open(kit.config(Optional.of(folder), StoreFixture.TABLES));
  }

  /** Commits one row more each time, and its number in two tables, until the process is killed. */
  private static void commitForEver(KeyValueStore store) {
    for (int number = 1; ; number++) {
      commit(store, number, 1000, number % SYNC_EACH == 0 ? Durability.SYNC : Durability.LAZY);
      answer("committed " + number);
    }
  }

  /** Puts one row, and its number into two other tables. */
  static void commit(KeyValueStore store, int number, int length, Durability durability) {
    byte[] text = StoreFixture.text(Integer.toString(number));
    try (WriteTxn txn = store.write()) {
      txn.put(StoreFixture.ALPHA, StoreFixture.text("number"), text);
      txn.put(StoreFixture.BETA, StoreFixture.bytes(number >> 8, number), StoreFixture.filled(length, number));
      txn.put(StoreFixture.OMEGA, StoreFixture.text("number"), text);
      txn.commit(durability);
    }
  }

  /**
   * Commits until there is no room, and reopens once there is room again because the ballast is gone.
   *
   * @param goesOn whether to try a commit before; a store may refuse it until it is opened again, but not lose it
   */
  private void fill(Path folder, Path ballast, boolean goesOn) throws IOException {
    Files.createDirectory(folder);
    Files.write(ballast, new byte[BALLAST]);
    KeyValueStore full = open(folder);
    int committed = 0;
    String refusal = "";
    while (refusal.isEmpty()) {
      try {
        commit(full, committed + 1, FILLER, Durability.SYNC);
        committed++;
      } catch (StoreException e) {
        refusal = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
    answer("committed " + committed);
    answer("refused " + refusal);
    answer("holds " + summary(full));
    Files.delete(ballast);
    if (goesOn && takes(full, committed + 1)) {
      committed++;
    }
    answer("committed " + committed);
    full.close();
    try (KeyValueStore again = open(folder)) {
      answer("holds " + summary(again));
      commit(again, committed + 1, 1, Durability.SYNC);
      answer("holds " + summary(again));
    }
  }

  private static boolean takes(KeyValueStore store, int number) {
    try {
      commit(store, number, 1, Durability.SYNC);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** Which number stands in the first table and in the last, and how many rows there are without a gap. */
  static String summary(KeyValueStore store) {
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(StoreFixture.BETA)) {
      int rows = 0;
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        int number = rows + 1;
        byte[] value = cursor.value();
        boolean whole = Arrays.equals(cursor.key(), StoreFixture.bytes(number >> 8, number)) && value.length > 0
            && Arrays.equals(value, StoreFixture.filled(value.length, number));
        if (!whole) {
          return "something else than row " + number + " at key " + StoreView.hex(cursor.key());
        }
        rows = number;
      }
      return rows + " rows, " + StoreFixture.scan(txn, StoreFixture.ALPHA) + ", "
          + StoreFixture.scan(txn, StoreFixture.OMEGA);
    }
  }

  /** What {@link #summary} says of a store that holds so many rows and nothing else. */
  static String whole(int rows) {
    return rows + " rows, number=" + rows + ", number=" + rows;
  }
}
