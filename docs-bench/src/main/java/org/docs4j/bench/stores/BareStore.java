package org.docs4j.bench.stores;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** The records alone in a key-value store, in rows as long as those of a replica. */
final class BareStore implements Subject {
  /** As many bytes as a replica keeps of an entry beside its identifier. */
  private static final int VALUE_BYTES = 209;

  private static final Table RECORDS = new Table(3, "records");

  private final TemporaryStore store;

  BareStore(String kind) throws IOException {
    this.store = TemporaryStore.open(kind, List.of(RECORDS));
  }

  @Override
  public void put(long from, long to, Durability durability) {
    try (WriteTxn txn = store.store().write()) {
      for (long i = from; i < to; i++) {
        SignedEntry entry = SampleEntries.entry(i);
        byte[] value = new byte[VALUE_BYTES];
        ByteBuffer.wrap(value)
            .putLong(i)
            .put(entry.record().hash().toByteArray())
            .put(entry.signature().author().toByteArray())
            .put(entry.signature().namespace().toByteArray());
        txn.put(RECORDS, entry.id().encode(), value);
      }
      txn.commit(durability);
    }
  }

  @Override
  public long scan() {
    long count = 0;
    try (ReadTxn txn = store.store().read();
        Cursor cursor = txn.cursor(RECORDS)) {
      boolean found = cursor.seekCeiling(new byte[0]);
      while (found) {
        count += Math.min(1, cursor.key().length * cursor.value().length);
        found = cursor.next();
      }
    }
    return count;
  }

  @Override
  public void get(long[] numbers) {
    try (ReadTxn txn = store.store().read()) {
      for (long number : numbers) {
        RecordIdentifier id = SampleEntries.id(number);
        if (txn.get(RECORDS, id.encode()).isEmpty()) {
          throw new IllegalStateException("record " + number + " is missing");
        }
      }
    }
  }

  @Override
  public TemporaryStore store() {
    return store;
  }

  @Override
  public void reopened() {
    get(new long[] {0});
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
