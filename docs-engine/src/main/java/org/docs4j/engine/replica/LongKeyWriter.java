package org.docs4j.engine.replica;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.replica.LongKeys.Branch;
import org.docs4j.engine.replica.LongKeys.Rest;
import org.docs4j.engine.replica.LongKeys.Tail;

/** A table of the write transaction with keys of any length. */
final class LongKeyWriter extends LongKeyTable {
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Place(long chain, byte[] row) {}

  private final WriteTxn writing;
  private final ChainNumbers numbers;

  LongKeyWriter(WriteTxn txn, Table table, LongKeys layout, ChainNumbers numbers) {
    super(txn, table, layout);
    this.writing = txn;
    this.numbers = numbers;
  }

  /** Gives out numbers that no chain of the store has; one for all tables of a transaction. */
  static final class ChainNumbers {
    private final WriteTxn txn;
    private long next = LongKeys.ROOT;

    ChainNumbers(WriteTxn txn) {
      this.txn = txn;
    }

    private long take() {
      if (next == LongKeys.ROOT) {
        try (Cursor cursor = txn.cursor(Tables.CHAINS)) {
          next = cursor.seekLast() ? RecordRow.LONG.get(cursor.key(), 0) + 1 : 0;
        }
      }
      return next++;
    }
  }

  /** Sets the value at a key. */
  void put(byte[] key, byte[] value) {
    if (key.length < layout.segment()) {
      writing.put(table, key, value);
    } else {
      put(LongKeys.ROOT, key, 0, value);
    }
  }

  private void put(long first, byte[] key, int from, byte[] value) {
    long chain = first;
    int spent = from;
    while (true) {
      byte[] row = layout.row(chain, key, spent);
      if (key.length - spent <= layout.segment()) {
        write(chain, row, value);
        return;
      }
      int next = spent + layout.segment();
      Optional<byte[]> held = txn.get(LongKeys.table(chain, table), row);
      if (held.isEmpty()) {
        write(chain, row, LongKeys.encode(new Tail(Arrays.copyOfRange(key, next, key.length), value)));
        return;
      }
      Rest rest = LongKeys.decode(held.get());
      if (rest instanceof Tail tail) {
        if (Arrays.equals(key, next, key.length, tail.key(), 0, tail.key().length)) {
          write(chain, row, LongKeys.encode(new Tail(tail.key(), value)));
          return;
        }
        int shared = layout.shared(key, next, tail);
        chain = branch(chain, row, Arrays.copyOf(tail.key(), shared));
        put(chain, tail.key(), shared, tail.value());
        spent = next + shared;
      } else {
        Branch branch = (Branch) rest;
        int shared = layout.shared(key, next, branch);
        chain = shared == branch.shared().length ? branch.chain() : part(chain, row, branch, shared);
        spent = next + shared;
      }
    }
  }

  /** Puts a chain between a row and the chain that it branches to, as a key leaves their shared segments half-way. */
  private long part(long chain, byte[] row, Branch branch, int shared) {
    byte[] all = branch.shared();
    long between = branch(chain, row, Arrays.copyOf(all, shared));
    byte[] below = Arrays.copyOfRange(all, shared + layout.segment(), all.length);
    byte[] step = layout.row(between, Arrays.copyOf(all, all.length + 1), shared);
    write(between, step, LongKeys.encode(new Branch(branch.chain(), below)));
    return between;
  }

  private long branch(long chain, byte[] row, byte[] shared) {
    long number = numbers.take();
    write(chain, row, LongKeys.encode(new Branch(number, shared)));
    return number;
  }

  private void write(long chain, byte[] row, byte[] value) {
    writing.put(LongKeys.table(chain, table), row, value);
  }

  /** Removes a key, and chains that it leaves empty; returns whether it was there. */
  boolean delete(byte[] key) {
    if (key.length < layout.segment()) {
      return writing.delete(table, key);
    }
    Deque<Place> way = new ArrayDeque<>();
    long chain = LongKeys.ROOT;
    int spent = 0;
    while (true) {
      byte[] row = layout.row(chain, key, spent);
      way.push(new Place(chain, row));
      if (key.length - spent <= layout.segment()) {
        return delete(way);
      }
      int next = spent + layout.segment();
      Optional<byte[]> held = txn.get(LongKeys.table(chain, table), row);
      if (held.isEmpty()) {
        return false;
      }
      Rest rest = LongKeys.decode(held.get());
      if (rest instanceof Tail tail) {
        return Arrays.equals(key, next, key.length, tail.key(), 0, tail.key().length) && delete(way);
      }
      Branch branch = (Branch) rest;
      if (!layout.isIn(key, next, branch)) {
        return false;
      }
      chain = branch.chain();
      spent = next + branch.shared().length;
    }
  }

  private boolean delete(Deque<Place> way) {
    Place last = way.pop();
    if (!writing.delete(LongKeys.table(last.chain, table), last.row)) {
      return false;
    }
    while (last.chain != LongKeys.ROOT && isEmpty(last.chain)) {
      last = way.pop();
      writing.delete(LongKeys.table(last.chain, table), last.row);
    }
    return true;
  }

  private boolean isEmpty(long chain) {
    byte[] start = LongKeys.start(chain);
    try (Cursor cursor = txn.cursor(Tables.CHAINS)) {
      return !cursor.seekCeiling(start) || !RowKeys.startsWith(cursor.key(), start);
    }
  }
}
