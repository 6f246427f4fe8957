package org.docs4j.bench.stores;

import java.io.IOException;
import org.docs4j.api.spi.store.Durability;

/** What is measured: a store that takes the sample entries, with or without indexes. */
interface Subject extends AutoCloseable {
  /** Adds the entries with the given numbers in one transaction. */
  void put(long from, long to, Durability durability);

  /** Reads all entries in order; returns how many there are. */
  long scan();

  /** Reads entries in one snapshot. */
  void get(long[] numbers);

  /** The store below. */
  TemporaryStore store();

  /** Takes the store over after it was opened again, and reads something of it. */
  void reopened();

  @Override
  void close() throws IOException;
}
