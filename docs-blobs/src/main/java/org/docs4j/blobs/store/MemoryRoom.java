package org.docs4j.blobs.store;

import java.util.concurrent.atomic.AtomicLong;
import org.docs4j.api.StoreFullException;

/** How many bytes a store in memory may still take. For any thread. */
final class MemoryRoom {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  MemoryRoom(long limit) {
    this.limit = limit;
  }

  /**
   * Takes room.
   *
   * @throws StoreFullException if there is not so much left; nothing is taken then
   */
  void take(int bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      throw new StoreFullException("the blob store in memory is full: it may hold " + limit + " bytes");
    }
  }

  void give(int bytes) {
    used.addAndGet(-bytes);
  }
}
