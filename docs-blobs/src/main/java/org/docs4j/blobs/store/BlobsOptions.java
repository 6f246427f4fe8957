package org.docs4j.blobs.store;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.BlobException;

/**
 * The settings of a blob store and of the network side attached to it, as the module's README lists them.
 *
 * @param stallTimeout how long a transfer may go without progress
 * @param idleClose how long a connection is kept that nothing is fetched over
 * @param maxFetches most blobs fetched at a time
 * @param maxFetchesPerPeer most blobs fetched at a time from one peer
 * @param maxRequests most requests answered at a time
 * @param maxRequestsPerPeer most requests of one connection answered at a time
 * @param memoryBytes most bytes that a store in memory holds
 * @param packBytes how long a file of small blobs grows
 */
public record BlobsOptions(
    Duration stallTimeout,
    Duration idleClose,
    int maxFetches,
    int maxFetchesPerPeer,
    int maxRequests,
    int maxRequestsPerPeer,
    long memoryBytes,
    long packBytes) {
  private static final String STALL = "stall-timeout-ms";

  private static final String IDLE = "idle-close-ms";
  private static final String FETCHES = "max-fetches";
  private static final String PEER_FETCHES = "max-fetches-per-peer";
  private static final String REQUESTS = "max-requests";
  private static final String PEER_REQUESTS = "max-requests-per-peer";
  private static final String MEMORY = "memory-bytes";
  private static final String PACK = "pack-bytes";

  /**
   * Reads settings; what is not given has its default.
   *
   * @throws BlobException if a name is unknown or a value is no positive whole number
   */
  public static BlobsOptions parse(Map<String, String> given) {
    Map<String, Long> values = new TreeMap<>();
    values.put(STALL, 30_000L);
    values.put(IDLE, 5_000L);
    values.put(FETCHES, 32L);
    values.put(PEER_FETCHES, 8L);
    values.put(REQUESTS, 128L);
    values.put(PEER_REQUESTS, 16L);
    values.put(MEMORY, Runtime.getRuntime().maxMemory() / 2);
    values.put(PACK, 256L << 20);
    for (Map.Entry<String, String> setting : given.entrySet()) {
      if (!values.containsKey(setting.getKey())) {
        throw new BlobException(
            "the blob store has no setting " + setting.getKey() + "; it has: " + String.join(", ", values.keySet()));
      }
      values.put(setting.getKey(), positive(setting.getKey(), setting.getValue()));
    }
    return new BlobsOptions(
        Duration.ofMillis(values.get(STALL)),
        Duration.ofMillis(values.get(IDLE)),
        clamp(values.get(FETCHES)),
        clamp(values.get(PEER_FETCHES)),
        clamp(values.get(REQUESTS)),
        clamp(values.get(PEER_REQUESTS)),
        values.get(MEMORY),
        values.get(PACK));
  }

  private static int clamp(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  private static long positive(String name, String text) {
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BlobException("the setting " + name + " of the blob store is no positive whole number: " + text);
  }
}
