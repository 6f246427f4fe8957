package org.docs4j.api.spi.blobs;

import java.util.function.Consumer;
import org.docs4j.api.model.Hash;

/** Names blobs that garbage collection must keep, such as those of document entries. */
@FunctionalInterface
public interface ProtectCallback {
  /**
   * Passes every hash to keep to the sink. May block. If it throws, the collection is given up and nothing is deleted.
   */
  void protect(Consumer<Hash> sink);
}
