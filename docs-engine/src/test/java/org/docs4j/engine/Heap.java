package org.docs4j.engine;

/** What this process keeps. */
public final class Heap {
  private Heap() {}

  /** The bytes that are left after a collection. */
  public static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
