package org.docs4j.api.spi.blobs;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;

/** Fetches blobs from peers, verified while they arrive. Safe to use from any thread; no method blocks. */
public interface Downloader extends AutoCloseable {
  /**
   * Fetches a blob into the store, trying the providers in their order (blobs420). Asking again for a blob that is being
   * fetched joins the running fetch and adds the providers. What arrived before a failure is kept where the store can.
   *
   * <p>The stage completes once the blob is complete in the store. It fails with
   * {@link org.docs4j.api.BlobNotFoundException} when no provider had it,
   * {@link org.docs4j.api.ContentMismatchException} when the last provider sent something else, or
   * {@link org.docs4j.api.TransportException} when none could be reached.
   *
   * @param hash what is wanted
   * @param providers who may have it, best first; their addresses are in the endpoint's address book
   * @param progress told of verified bytes, on a thread of the downloader
   */
  CompletionStage<BlobInfo> download(Hash hash, List<EndpointId> providers, ProgressListener progress);

  /** Ends all fetches with a failure, and the serving of blobs. Idempotent, waits. */
  @Override
  void close();
}
