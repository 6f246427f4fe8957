package org.docs4j.store.lmdb;

import java.util.function.Supplier;
import org.docs4j.api.StoreException;
import org.lmdbjava.Env;

/** The native library, which lmdbjava unpacks from its jar on first use. */
final class LmdbLibrary {
  private LmdbLibrary() {}

  /**
   * Does the first thing that needs the library. lmdbjava looks for it with the class loader of the thread, which may be
   * any or none.
   *
   * @throws StoreException if the library does not load on this machine
   */
  static <T> T withItsClassLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Env.class.getClassLoader());
    try {
      return work.get();
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreException("the native library of LMDB does not load here: " + cause.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
