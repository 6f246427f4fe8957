package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.engine.replica.LongKeys.Branch;
import org.docs4j.engine.replica.LongKeys.Rest;
import org.docs4j.engine.replica.LongKeys.Tail;

/** A table of a transaction with keys of any length. */
class LongKeyTable {
  final ReadTxn txn;
  final Table table;
  final LongKeys layout;

  LongKeyTable(ReadTxn txn, Table table, LongKeys layout) {
    this.txn = txn;
    this.table = table;
    this.layout = layout;
  }

  /** The value at a key. */
  final Optional<byte[]> get(byte[] key) {
    long chain = LongKeys.ROOT;
    int spent = 0;
    while (true) {
      Optional<byte[]> value = txn.get(LongKeys.table(chain, table), layout.row(chain, key, spent));
      if (key.length - spent <= layout.segment() || value.isEmpty()) {
        return value;
      }
      int next = spent + layout.segment();
      Rest rest = LongKeys.decode(value.get());
      if (rest instanceof Tail tail) {
        return Arrays.equals(key, next, key.length, tail.key(), 0, tail.key().length)
            ? Optional.of(tail.value())
            : Optional.empty();
      }
      Branch branch = (Branch) rest;
      if (!layout.isIn(key, next, branch)) {
        return Optional.empty();
      }
      chain = branch.chain();
      spent = next + branch.shared().length;
    }
  }

  /** A cursor that stands nowhere. It has to be sought again after a write in the same transaction. */
  final LongKeyCursor cursor() {
    return new LongKeyCursor(txn, table, layout);
  }
}
