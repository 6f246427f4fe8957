package org.docs4j.engine.index;

import java.util.Optional;

/** Where the index of one document finds its rows, by number. */
public interface NodeRows {
  /** The row of a number, if there is one. */
  Optional<byte[]> load(long number);

  /** The same in the write transaction. */
  interface Writable extends NodeRows {
    /** Keeps a row: a node of bounded length, or a separator, which may be as long as an identifier. */
    void store(long number, byte[] row);

    /** Removes a row, if there is one. */
    void delete(long number);

    /** The greatest number that has a row; -1 if there is none. */
    long last();
  }
}
