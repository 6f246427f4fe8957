package org.docs4j.engine.replica;

/** The replicas of a node in a key-value store. Safe to use from any thread; one writer at a time. */
public interface ReplicaStore extends AutoCloseable {
  /** A snapshot of what is committed. */
  ReplicaReader read();

  /** The one writing view; refused while another one is open. Used on the thread that opened it. */
  ReplicaWriter write();

  /** Makes every commit so far durable. */
  void sync();

  /** Closes the key-value store as well. Idempotent. */
  @Override
  void close();
}
