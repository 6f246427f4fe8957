package org.docs4j.tck.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens tiny stores: right ones, or such that have a flaw. */
final class TinyStoreProvider implements StoreProvider {
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
    FolderLock lock = FolderLock.acquire(folder);
    if (!flaws.contains(StoreFlaw.TAKES_ANY_FOLDER) && foreign(folder)) {
      lock.close();
      throw new StoreCorruptedException("the folder holds other files");
    }
    return new TinyStore(config, lock::close, flaws);
  }

  private static boolean foreign(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString())
          .anyMatch(name -> !name.equals(FolderLock.FILE) && !name.equals(TinyFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
