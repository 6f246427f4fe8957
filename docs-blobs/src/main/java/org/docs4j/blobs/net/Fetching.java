package org.docs4j.blobs.net;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.docs4j.api.DocsException;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.ProgressListener;

/** Everybody who waits for one blob. Safe to use from any thread. */
final class Fetching implements ProgressListener {
  private static final System.Logger LOG = System.getLogger(Fetching.class.getName());

  private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

  /** One caller of the downloader. */
  record Waiter(CompletableFuture<BlobInfo> future, ProgressListener progress) {}

  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  @Override
  @SuppressWarnings("CatchingUnchecked")
  public void onProgress(long done, long total) {
    for (Waiter waiter : waiters) {
      try {
        waiter.progress.onProgress(done, total);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a progress listener failed", e);
      }
    }
  }

  void succeed(BlobInfo info) {
    waiters.forEach(waiter -> waiter.future.complete(info));
  }

  void fail(DocsException why) {
    waiters.forEach(waiter -> waiter.future.completeExceptionally(why));
  }
}
