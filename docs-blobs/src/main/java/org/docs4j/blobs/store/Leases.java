package org.docs4j.blobs.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.model.Hash;

/** Which blobs running operations need, and which were touched while a garbage collection runs. For any thread. */
final class Leases {
  private final Map<Hash, Integer> held = new ConcurrentHashMap<>();
  private volatile Optional<Set<Hash>> touched = Optional.empty();

  void acquire(Hash hash) {
    held.merge(hash, 1, Integer::sum);
  }

  void release(Hash hash) {
    held.computeIfPresent(hash, (unused, count) -> count == 1 ? null : count - 1);
  }

  /** Notes that somebody was just told that the blob is here. */
  void touch(Hash hash) {
    touched.ifPresent(hashes -> hashes.add(hash));
  }

  /** From now on remembers what is touched. */
  void startCollection() {
    touched = Optional.of(ConcurrentHashMap.newKeySet());
  }

  void endCollection() {
    touched = Optional.empty();
  }

  boolean protects(Hash hash) {
    return held.containsKey(hash) || touched.filter(hashes -> hashes.contains(hash)).isPresent();
  }
}
