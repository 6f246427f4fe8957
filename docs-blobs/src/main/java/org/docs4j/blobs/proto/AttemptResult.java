package org.docs4j.blobs.proto;

import org.docs4j.api.DocsException;
import org.docs4j.api.spi.blobs.BlobInfo;

/** What came of asking one provider for one blob. */
public sealed interface AttemptResult {
  /**
   * The blob is complete in the store.
   *
   * @param info of the blob
   */
  record Fetched(BlobInfo info) implements AttemptResult {}

  /**
   * The provider answered, but does not have it or does not give it.
   *
   * @param why in one sentence
   */
  record Denied(DocsException why) implements AttemptResult {}

  /**
   * The provider sent something else.
   *
   * @param why in one sentence
   */
  record Mismatched(DocsException why) implements AttemptResult {}

  /**
   * The provider could not be reached or stopped answering.
   *
   * @param why in one sentence
   */
  record Lost(DocsException why) implements AttemptResult {}

  /**
   * A connection kept from before turned out to be gone before anything arrived: a new one may do.
   *
   * @param why in one sentence
   */
  record Stale(DocsException why) implements AttemptResult {}

  /**
   * This side failed, so that another provider would not help: the store, or the end of the downloader.
   *
   * @param why in one sentence
   */
  record Broken(DocsException why) implements AttemptResult {}
}
