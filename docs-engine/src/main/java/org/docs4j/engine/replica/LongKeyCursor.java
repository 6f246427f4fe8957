package org.docs4j.engine.replica;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.engine.replica.LongKeys.Branch;
import org.docs4j.engine.replica.LongKeys.Rest;
import org.docs4j.engine.replica.LongKeys.Tail;
import org.jspecify.annotations.Nullable;

/**
 * A position in a table with keys of any length. It stands nowhere until it is sought, and again after a seek or step
 * that found nothing or a write to the table.
 */
final class LongKeyCursor implements AutoCloseable {
  /**
   * A chain on the way to the position.
   *
   * @param chain its number
   * @param spent how many bytes of the key were spent on the way to it
   * @param step the row of the chain above that leads into it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Frame(long chain, int spent, byte[] step) {}

  private static final byte[] NONE = new byte[0];

  private final ReadTxn txn;
  private final LongKeys layout;
  private final Cursor root;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable Cursor chains;

  /** The chain of the position, and how many bytes of the key, held in the buffer, were spent on the way to it. */
  private long chain = LongKeys.ROOT;

  private int spent;
  private byte[] buffer = NONE;

  /** The row of the position; after the key goes on in it, what it holds. */
  private byte[] row = NONE;

  private @Nullable Tail tail;

  LongKeyCursor(ReadTxn txn, Table table, LongKeys layout) {
    this.txn = txn;
    this.layout = layout;
    this.root = txn.cursor(table);
  }

  /** Goes to the smallest key at or above the given one; returns whether there is one. */
  boolean seekCeiling(byte[] key) {
    reset();
    return seek(key, true);
  }

  /** Goes to the greatest key at or below the given one; returns whether there is one. */
  boolean seekFloor(byte[] key) {
    reset();
    return seek(key, false);
  }

  private boolean seek(byte[] key, boolean forward) {
    while (true) {
      byte[] target = layout.row(chain, key, spent);
      if (!(forward ? here().seekCeiling(target) : here().seekFloor(target)) || !arrive()) {
        return leave() && move(forward);
      }
      if (key.length - spent <= layout.segment() || !Arrays.equals(row, target)) {
        return descend(forward);
      }
      int next = spent + layout.segment();
      Rest rest = LongKeys.decode(here().value());
      if (rest instanceof Tail found) {
        tail = found;
        int order = Arrays.compareUnsigned(found.key(), 0, found.key().length, key, next, key.length);
        return (forward ? order >= 0 : order <= 0) || move(forward);
      }
      Branch branch = (Branch) rest;
      int order = compare(key, next, branch.shared());
      if (forward ? order > 0 : order < 0) {
        return move(forward);
      }
      enter(branch);
      if (order != 0) {
        toEnd(forward);
        return descend(forward);
      }
    }
  }

  /** Goes to the greatest key of the table; returns whether there is one. */
  boolean seekLast() {
    reset();
    return root.seekLast() && arrive() && descend(false);
  }

  /** Goes to the next greater key; returns whether there is one. */
  boolean next() {
    return move(true);
  }

  /** Goes to the next smaller key; returns whether there is one. */
  boolean previous() {
    return move(false);
  }

  /** The key it stands at; the caller does not change it. */
  byte[] key() {
    int taken = layout.taken(chain, row);
    if (taken == row.length) {
      return row;
    }
    byte[] rest = tail == null ? NONE : tail.key();
    byte[] key = new byte[spent + taken + rest.length];
    System.arraycopy(buffer, 0, key, 0, spent);
    System.arraycopy(row, LongKeys.header(chain), key, spent, taken);
    System.arraycopy(rest, 0, key, spent + taken, rest.length);
    return key;
  }

  /** The value at its key; the caller does not change it. */
  byte[] value() {
    return tail == null ? here().value() : tail.value();
  }

  @Override
  public void close() {
    root.close();
    if (chains != null) {
      chains.close();
    }
  }

  /** Where a key parts from what a chain shares: before it (below 0), behind it (above 0) or inside the chain (0). */
  private static int compare(byte[] key, int from, byte[] shared) {
    int to = Math.min(key.length, from + shared.length);
    return Arrays.compareUnsigned(key, from, to, shared, 0, shared.length);
  }

  private void reset() {
    frames.clear();
    chain = LongKeys.ROOT;
    spent = 0;
    tail = null;
  }

  private Cursor here() {
    if (chain == LongKeys.ROOT) {
      return root;
    }
    if (chains == null) {
      chains = txn.cursor(Tables.CHAINS);
    }
    return chains;
  }

  /** Takes the row that the store's cursor came to; returns whether it is one of this chain. */
  private boolean arrive() {
    row = here().key();
    return chain == LongKeys.ROOT || RowKeys.startsWith(row, LongKeys.start(chain));
  }

  private boolean move(boolean forward) {
    do {
      tail = null;
      if ((forward ? here().next() : here().previous()) && arrive()) {
        return descend(forward);
      }
    } while (leave());
    return false;
  }

  /** From a row to the key that it holds, or to the first or last one of the chain that it leads to. */
  private boolean descend(boolean forward) {
    while (layout.goesOn(chain, row)) {
      Rest rest = LongKeys.decode(here().value());
      if (rest instanceof Tail found) {
        tail = found;
        return true;
      }
      enter((Branch) rest);
      toEnd(forward);
    }
    return true;
  }

  /** Back to the row of the chain above that led into this one; returns whether there is one. */
  private boolean leave() {
    if (frames.isEmpty()) {
      return false;
    }
    row = frames.pop().step;
    chain = frames.isEmpty() ? LongKeys.ROOT : frames.element().chain;
    spent = frames.isEmpty() ? 0 : frames.element().spent;
    if (chain != LongKeys.ROOT && !here().seekCeiling(row)) {
      throw new StoreCorruptedException("a chain of a long key has no row that leads to it");
    }
    return true;
  }

  private void enter(Branch branch) {
    int taken = layout.taken(chain, row);
    int length = spent + taken + branch.shared().length;
    if (length > RowKeys.MAX_BYTES) {
      throw new StoreCorruptedException("a chain of a long key leads further than any key is long");
    }
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
    }
    System.arraycopy(row, LongKeys.header(chain), buffer, spent, taken);
    System.arraycopy(branch.shared(), 0, buffer, spent + taken, branch.shared().length);
    frames.push(new Frame(branch.chain(), length, row));
    chain = branch.chain();
    spent = length;
  }

  private void toEnd(boolean forward) {
    byte[] start = LongKeys.start(forward ? chain : chain + 1);
    boolean found = forward ? here().seekCeiling(start) : here().seekFloor(start);
    if (found && !forward && Arrays.equals(here().key(), start)) {
      found = here().previous();
    }
    if (!found || !arrive()) {
      throw new StoreCorruptedException("a chain of a long key is empty");
    }
  }
}
