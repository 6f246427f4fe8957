package org.docs4j.api.spi.store;

import org.docs4j.api.spi.Provider;

/** Opens one kind of key-value store; found with {@link java.util.ServiceLoader}. */
public interface StoreProvider extends Provider {
  /**
   * Opens the store, creating it in an empty folder.
   *
   * <p>store101: a folder whose store is open already, in this process or another, is refused, and the open one goes on
   * unharmed. store102: after a clean or an unclean end the store opens with everything that was committed, as far as
   * {@link Durability} promises. store103: a folder with other files and no store of this kind is refused and left as it
   * was, but for a lock file. store104: an option that the store does not know is refused by name, before anything is
   * written. store107: damage to a file, such as garbage over its beginning or a missing end, is noticed: the store is
   * refused, or opens with everything that was committed, and the process goes on; what a back end cannot notice when
   * it opens, such as a changed byte deep within, its README says. store108: a store in a format newer than this
   * release's is refused and left as it was.
   *
   * @throws org.docs4j.api.StoreLockedException if the store is open elsewhere (store101)
   * @throws org.docs4j.api.StoreCorruptedException if the folder's content is damaged (store107) or not this kind's (store103)
   * @throws org.docs4j.api.StoreVersionException if a newer release wrote it (store108)
   * @throws org.docs4j.api.StoreException if it cannot be opened for another reason: no such folder, an unknown option,
   *     a native library that does not load
   */
  KeyValueStore open(StoreConfig config);
}
