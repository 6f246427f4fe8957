package org.docs4j.api.spi.store;

import org.docs4j.api.spi.Provider;

/** Opens one kind of key-value store; found with {@link java.util.ServiceLoader}. */
public interface StoreProvider extends Provider {
  /**
   * Opens the store, creating it in an empty folder.
   *
   * <p>store101: a folder whose store is open already, in this process or another, is refused. store102: after a clean
   * or an unclean end the store opens with everything that was committed, as far as {@link Durability} promises.
   *
   * @throws org.docs4j.api.StoreLockedException if the store is open elsewhere
   * @throws org.docs4j.api.StoreCorruptedException if the folder's content is damaged or not this kind's
   * @throws org.docs4j.api.StoreException if it cannot be opened for another reason
   */
  KeyValueStore open(StoreConfig config);
}
