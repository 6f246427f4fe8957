package org.example.xodus;

import java.util.function.Supplier;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.OutOfDiskSpaceException;
import jetbrains.exodus.crypto.InvalidCipherParametersException;
import jetbrains.exodus.log.DataCorruptionException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;

/**
 * Turns what Xodus throws into the exceptions of the seam. A file that begins with garbage looks encrypted to Xodus, and
 * this store never encrypts.
 */
final class XodusErrors {
  private XodusErrors() {}

  /** Does something with Xodus; {@code failure} says what did not work if it fails. */
  static <T> T attempt(String failure, Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfDiskSpaceException e) {
      throw new StoreFullException(failure + ": " + e.getMessage(), e);
    } catch (DataCorruptionException | InvalidCipherParametersException e) {
      throw new StoreCorruptedException(failure + ": " + e.getMessage(), e);
    } catch (ExodusException e) {
      throw new StoreException(failure + ": " + e.getMessage(), e);
    }
  }

  /** The same for work without a result. */
  static void run(String failure, Runnable work) {
    attempt(failure, () -> {
      work.run();
      return true;
    });
  }
}
