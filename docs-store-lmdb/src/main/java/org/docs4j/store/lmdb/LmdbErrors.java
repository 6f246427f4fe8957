package org.docs4j.store.lmdb;

import java.util.Set;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.StoreVersionException;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/** Turns what lmdbjava throws into the store's exceptions. */
final class LmdbErrors {
  // No space left, file too large (Linux and macOS); quota exceeded (Linux, macOS); disk full (Windows).
  private static final Set<Integer> NO_SPACE = Set.of(28, 27, 122, 69, 112);

  // Input or output error: Linux, macOS.
  private static final int SHORT_WRITE = 5;

  private LmdbErrors() {}

  /** The exception that says what could not be done and why. */
  static StoreException translate(String what, RuntimeException e) {
    String message = what + ": " + e.getMessage();
    if (e instanceof Env.MapFullException) {
      return new StoreFullException(what + ": the map is full; its size is set by map-size and map-limit", e);
    }
    if (e instanceof Txn.TxFullException || noSpace(e)) {
      return new StoreFullException(message, e);
    }
    if (e instanceof Txn.BadException) {
      return new StoreException(what + ": the transaction has failed before and can only be closed", e);
    }
    if (e instanceof Env.VersionMismatchException) {
      return new StoreVersionException(message, e);
    }
    if (e instanceof LmdbNativeException.PageCorruptedException
        || e instanceof LmdbNativeException.PageNotFoundException
        || e instanceof Env.FileInvalidException) {
      return new StoreCorruptedException(message, e);
    }
    return new StoreException(message, e);
  }

  /** Whether the disk took part of a write: LMDB tells it as it tells an error of the device, and it may be one. */
  static boolean wroteShort(RuntimeException e) {
    return e instanceof LmdbNativeException.ConstantDerivedException failure
        && failure.getResultCode() == SHORT_WRITE;
  }

  private static boolean noSpace(RuntimeException e) {
    return e instanceof LmdbNativeException.ConstantDerivedException failure
        && NO_SPACE.contains(failure.getResultCode());
  }
}
