package org.docs4j.store.rocksdb;

import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB throws into the store's exceptions. */
final class RocksErrors {
  private RocksErrors() {}

  /** The exception that says what could not be done and why. */
  static StoreException translate(String what, RocksDBException e) {
    String message = what + ": " + e.getMessage();
    Optional<Status> status = Optional.ofNullable(e.getStatus());
    if (status.filter(known -> known.getSubCode() == Status.SubCode.NoSpace).isPresent()) {
      return new StoreFullException(message, e);
    }
    if (status.filter(known -> known.getCode() == Status.Code.Corruption).isPresent()) {
      return new StoreCorruptedException(message, e);
    }
    return new StoreException(message, e);
  }
}
