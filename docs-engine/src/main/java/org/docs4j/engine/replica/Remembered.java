package org.docs4j.engine.replica;

/**
 * What a node remembers from one write transaction to the next, in memory only.
 *
 * @param progress of what was begun and takes several calls
 * @param prefixes what searches for parents have shown
 * @param changes what was put last
 */
record Remembered(Progress progress, KnownPrefixes prefixes, RecentChanges changes) {
  /** Nothing yet. */
  Remembered() {
    this(new Progress(), new KnownPrefixes(), new RecentChanges());
  }

  /** Forgets all of it, since a transaction was undone. */
  void forget() {
    progress.forget();
    prefixes.forget();
    changes.forget();
  }
}
