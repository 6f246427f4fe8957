package org.docs4j.cli.mirror;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Hears from the operating system which files of a folder changed. It may miss some: whoever uses it also looks through
 * the folder from time to time.
 */
final class FolderWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FolderWatch.class.getName());

  private final Path root;
  private final WatchService service;
  private final Map<WatchKey, Path> folders = new ConcurrentHashMap<>();
  private volatile boolean complete = true;

  /**
   * A watch over no folder yet.
   *
   * @throws IOException if the system gives none
   */
  FolderWatch(Path root) throws IOException {
    this.root = root;
    this.service = root.getFileSystem().newWatchService();
  }

  /** Whether every folder that it was given is watched. */
  boolean isComplete() {
    return complete;
  }

  /** Watches one more folder, not those below it; watching it twice is harmless. Any thread. */
  void add(Path folder) {
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      folders.put(key, folder);
    } catch (NoSuchFileException e) {
      // It is gone again, and its own folder tells.
      return;
    } catch (ClosedWatchServiceException e) {
      complete = false;
    } catch (IOException e) {
      complete = false;
      LOG.log(System.Logger.Level.DEBUG, "a folder is not watched", e);
    }
  }

  /** Hands out paths at which something happened, {@code ""} for anywhere, until it is closed. Blocks. */
  void run(Consumer<String> touched) {
    try {
      while (true) {
        WatchKey key = service.take();
        Path folder = folders.getOrDefault(key, root);
        for (WatchEvent<?> event : key.pollEvents()) {
          take(event, folder, touched);
        }
        if (!key.reset()) {
          folders.remove(key);
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.log(System.Logger.Level.DEBUG, "the watch ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(WatchEvent<?> event, Path folder, Consumer<String> touched) {
    if (!(event.context() instanceof Path name)) {
      touched.accept("");
    } else if (!MirrorKeys.isTemporary(name.toString())) {
      touched.accept(Walk.relative(root, folder.resolve(name)));
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the watch did not close well", e);
    }
  }
}
