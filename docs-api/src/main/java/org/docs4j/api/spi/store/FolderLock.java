package org.docs4j.api.spi.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreLockedException;

/**
 * Sole possession of a folder, among all processes of the machine and within this one; what rule store101 asks for.
 *
 * <p>The operating system keeps the lock on a file {@link #FILE} in the folder and drops it when the process ends,
 * however it ends. The file itself stays. Safe to use from any thread.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the lock file; a store does not count it as content of its folder. */
  public static final String FILE = "docs4j.lock";

  // Where file locks belong to the process, closing any channel of the file drops them: so the second
  // taker within this process must be turned away before it opens one.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private boolean closed;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a folder without waiting.
   *
   * @throws StoreLockedException if it is taken, by this process or another
   * @throws StoreException if there is no such folder, or it cannot be written
   */
  public static FolderLock acquire(Path folder) {
    Path real = realFolder(folder);
    if (!HELD.add(real)) {
      throw new StoreLockedException("the store in " + folder + " is open in this process already");
    }
    boolean taken = false;
    try {
      FileChannel channel = lock(real).orElseThrow(
          () -> new StoreLockedException("the store in " + folder + " is open in another process"));
      taken = true;
      return new FolderLock(real, channel);
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be locked: " + e.getMessage(), e);
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  private static Path realFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new StoreException("there is no folder " + folder);
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<FileChannel> lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      taken = lock != null;
    } catch (OverlappingFileLockException e) {
      // Another copy of this class, of another class loader, has it.
      taken = false;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(channel) : Optional.empty();
  }

  /** The folder, without symbolic links. */
  public Path folder() {
    return folder;
  }

  /** Gives the folder back. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the lock of " + folder + " cannot be given back: " + e.getMessage(), e);
    } finally {
      HELD.remove(folder);
    }
  }
}
