package org.docs4j.tck.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens tiny stores: right ones, or such that have a flaw. */
final class TinyStoreProvider implements StoreProvider {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Set<StoreFlaw> flaws = EnumSet.noneOf(StoreFlaw.class);

  TinyStoreProvider(Set<StoreFlaw> flaws) {
    this.flaws.addAll(flaws);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    Path folder = config.folder().orElseThrow(() -> new StoreException("a folder is needed"));
    if (!config.options().isEmpty() && !flaws.contains(StoreFlaw.IGNORES_OPTIONS)) {
      throw new StoreException("unknown options " + config.options().keySet());
    }
    if (flaws.contains(StoreFlaw.OPENS_TWICE)) {
      return new TinyStore(config, () -> {}, flaws);
    }
    Runnable unlock = flaws.contains(StoreFlaw.LOCKS_THIS_PROCESS_ONLY) ? here(folder) : FolderLock.acquire(folder)::close;
    boolean opened = false;
    try {
      if (!flaws.contains(StoreFlaw.TAKES_ANY_FOLDER) && foreign(folder)) {
        throw new StoreCorruptedException("the folder holds other files");
      }
      TinyStore store = new TinyStore(config, unlock, flaws);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        unlock.run();
      }
    }
  }

  private static Runnable here(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (!HELD.add(real)) {
        throw new StoreLockedException("open already");
      }
      return () -> HELD.remove(real);
    } catch (IOException e) {
      throw new StoreException("no folder", e);
    }
  }

  private static boolean foreign(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString())
          .anyMatch(name -> !name.equals(FolderLock.FILE) && !name.startsWith(TinyFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
