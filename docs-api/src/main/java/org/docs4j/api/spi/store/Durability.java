package org.docs4j.api.spi.store;

/** What a commit promises about a loss of power; both survive the end of the process. */
public enum Durability {
  /** When the commit returns, the data is on the disk. */
  SYNC,
  /** The last commits may be lost, in order and each as a whole; what was durable before never is. */
  LAZY
}
