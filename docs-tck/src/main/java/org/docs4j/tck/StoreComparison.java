package org.docs4j.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.jspecify.annotations.Nullable;

/** Random work on a store and on a model of it, an ordered map for each table. */
final class StoreComparison implements AutoCloseable {
  private static final int[] KEY_BYTES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
  private static final int MAX_SNAPSHOTS = 3;
  private static final int LONG_KEY = 600;

  private final Supplier<KeyValueStore> opener;
  private final boolean persistent;
  private final long seed;
  private final Random random;
  private final List<StoreView> snapshots = new ArrayList<>();
  private KeyValueStore store;
  private List<NavigableMap<byte[], byte[]>> committed = new ArrayList<>();
  private @Nullable WriteTxn txn;
  private @Nullable StoreView writing;
  private int step;

  StoreComparison(Supplier<KeyValueStore> opener, boolean persistent, long seed) {
    this.opener = opener;
    this.persistent = persistent;
    this.seed = seed;
    random = new Random(seed);
    store = opener.get();
    StoreFixture.TABLES.forEach(table -> committed.add(new TreeMap<>(Arrays::compareUnsigned)));
  }

  void run(int steps) {
    for (step = 0; step < steps; step++) {
      WriteTxn open = txn;
      StoreView view = writing;
      try {
        if (open == null || view == null) {
          outside();
        } else {
          inside(open, view);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(where() + ": " + e.getMessage(), e);
      }
    }
    if (persistent) {
      reopen();
    }
    snapshot().checkAll(where() + ", at the end");
  }

  private String where() {
    return "store100: step " + step + " of seed " + seed + " (again with -D" + KeyValueStoreVerification.SEED_PROPERTY
        + "=" + seed + ")";
  }

  private void outside() {
    switch (random.nextInt(8)) {
      case 0 -> readSomething();
      case 1 -> newSnapshot();
      case 2 -> {
        if (persistent && random.nextInt(10) == 0) {
          reopen();
        }
      }
      default -> {
        WriteTxn opened = store.write();
        txn = opened;
        List<NavigableMap<byte[], byte[]>> content = new ArrayList<>();
        committed.forEach(map -> content.add(new TreeMap<>(map)));
        writing = new StoreView(opened, content, random, this::key);
      }
    }
  }

  private void inside(WriteTxn open, StoreView view) {
    int choice = random.nextInt(100);
    if (choice < 40) {
      int index = random.nextInt(StoreFixture.TABLES.size());
      byte[] key = key();
      byte[] value = value();
      open.put(StoreFixture.TABLES.get(index), key, value);
      view.content().get(index).put(key, value);
    } else if (choice < 55) {
      delete(open, view);
    } else if (choice < 92) {
      view.step();
    } else if (choice < 94) {
      readSomething();
    } else if (choice < 96) {
      newSnapshot();
    } else if (choice < 99) {
      view.checkAll("before the commit");
      open.commit(random.nextInt(8) == 0 ? Durability.SYNC : Durability.LAZY);
      committed = view.content();
      end(open);
    } else {
      end(open);
    }
  }

  private void delete(WriteTxn open, StoreView view) {
    int index = random.nextInt(StoreFixture.TABLES.size());
    Table table = StoreFixture.TABLES.get(index);
    NavigableMap<byte[], byte[]> content = view.content().get(index);
    byte[] key = content.isEmpty() || random.nextBoolean() ? key() : near(content);
    boolean there = content.remove(key) != null;
    if (open.delete(table, key) != there) {
      throw new AssertionError("delete of " + StoreView.hex(key) + " in " + table.name() + " should return " + there);
    }
  }

  private byte[] near(NavigableMap<byte[], byte[]> content) {
    byte[] floor = content.floorKey(key());
    return floor == null ? content.firstKey() : floor;
  }

  private void end(WriteTxn open) {
    open.close();
    txn = null;
    writing = null;
  }

  private StoreView snapshot() {
    StoreView snapshot = new StoreView(store.read(), committed, random, this::key);
    snapshots.add(snapshot);
    return snapshot;
  }

  private void newSnapshot() {
    if (snapshots.size() == MAX_SNAPSHOTS) {
      StoreView oldest = snapshots.remove(0);
      oldest.checkAll("in a snapshot");
      oldest.close();
    }
    snapshot();
  }

  private void readSomething() {
    if (!snapshots.isEmpty()) {
      snapshots.get(random.nextInt(snapshots.size())).step();
    }
  }

  private void reopen() {
    snapshots.forEach(StoreView::close);
    snapshots.clear();
    txn = null;
    writing = null;
    store.close();
    store = opener.get();
  }

  private byte[] key() {
    int length = random.nextInt(100) == 0 ? random.nextInt(Math.min(store.maxKeyBytes(), LONG_KEY) + 1)
        : random.nextInt(5);
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = (byte) KEY_BYTES[random.nextInt(KEY_BYTES.length)];
    }
    return key;
  }

  private byte[] value() {
    int kind = random.nextInt(100);
    byte[] value = new byte[kind < 90 ? random.nextInt(64) : kind < 99 ? random.nextInt(5000) : random.nextInt(100_000)];
    random.nextBytes(value);
    return value;
  }

  @Override
  public void close() {
    snapshots.forEach(StoreView::close);
    WriteTxn open = txn;
    if (open != null) {
      open.close();
    }
    store.close();
  }
}
