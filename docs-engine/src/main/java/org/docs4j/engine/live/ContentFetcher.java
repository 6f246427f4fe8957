package org.docs4j.engine.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.engine.actor.ReplicaEvent;
import org.docs4j.engine.session.Failures;
import org.jspecify.annotations.Nullable;

/** Carries out what {@link ContentQueue} says; only the live actor's thread uses it. */
final class ContentFetcher {
  private static final System.Logger LOG = System.getLogger(ContentFetcher.class.getName());

  /** How far into what the store has noted one document is followed; then it starts over. */
  private static final int MAX_SKIP = 20 * ContentQueue.MAX_SHARE;

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Documents documents;
  private final ContentQueue queue = new ContentQueue();
  private final Set<NamespaceId> loading = new TreeSet<>();

  /** Of documents with more wanted content than is kept here: how much of it the last look into the store left out. */
  private final Map<NamespaceId, Integer> skipped = new TreeMap<>();

  /** What the fetcher asks and tells about documents. */
  interface Documents {
    /** Whether a document is synced: content of others is not fetched. */
    boolean isSynced(NamespaceId namespace);

    /** Peers that may have content of a document, best first. */
    Collection<EndpointId> candidates(Set<NamespaceId> namespaces);

    /** Content that these documents want has arrived. */
    void onContent(Set<NamespaceId> namespaces, Hash hash);

    /** These documents may have nothing more to wait for. */
    void onChange(Set<NamespaceId> namespaces);
  }

  ContentFetcher(LiveParts parts, SerialExecutor thread, Documents documents) {
    this.parts = parts;
    this.thread = thread;
    this.documents = documents;
  }

  /** An entry came whose content is wanted. */
  void want(ReplicaEvent.Remote remote) {
    List<EndpointId> providers =
        remote.contentStatus() == ContentStatus.COMPLETE ? List.of(remote.from()) : List.of();
    if (documents.isSynced(remote.namespace())) {
      queue.want(remote.namespace(), remote.entry().record().hash(), providers, this::carryOut);
    }
  }

  /** Takes up what was left to fetch when the document was last synced. */
  void load(NamespaceId namespace) {
    if (!loading.add(namespace)) {
      return;
    }
    int skip = skipped.getOrDefault(namespace, 0);
    CompletionStage<List<Hash>> noted = parts.sync().wanted(namespace, skip + ContentQueue.MAX_SHARE + 1);
    CompletionStage<List<Hash>> loaded =
        noted.whenCompleteAsync(
            (hashes, failure) -> {
              loading.remove(namespace);
              if (failure == null && documents.isSynced(namespace)) {
                loaded(namespace, skip, hashes);
              }
              documents.onChange(Set.of(namespace));
            },
            thread);
    LiveActor.logFailure(loaded, "reading wanted content");
  }

  private void loaded(NamespaceId namespace, int skip, List<Hash> hashes) {
    if (skip > 0 && hashes.size() <= skip) {
      skipped.remove(namespace);
      load(namespace);
      return;
    }
    Collection<EndpointId> providers = documents.candidates(Set.of(namespace));
    int end = Math.min(hashes.size(), skip + ContentQueue.MAX_SHARE);
    hashes.subList(skip, end).forEach(hash -> queue.want(namespace, hash, providers, this::carryOut));
    if (hashes.size() > end) {
      queue.overflow(namespace, this::carryOut);
    } else if (skip > 0) {
      // What came to an end meanwhile has moved the rest: the next look begins at the start again.
      queue.lookAgain(namespace, this::carryOut);
    }
  }

  void announced(Hash hash, EndpointId peer) {
    queue.provider(hash, peer, this::carryOut);
  }

  void peerAvailable(NamespaceId namespace, EndpointId peer) {
    queue.peerAvailable(namespace, peer, this::carryOut);
  }

  void leave(NamespaceId namespace) {
    queue.leave(namespace);
    skipped.remove(namespace);
  }

  boolean isSettled(NamespaceId namespace) {
    return !loading.contains(namespace) && queue.isSettled(namespace);
  }

  private void carryOut(ContentQueue.Output output) {
    if (output instanceof ContentQueue.Output.Fetch fetch) {
      fetch(fetch);
    } else if (output instanceof ContentQueue.Output.RetryLater later) {
      parts.environment().executor().schedule(later.delay(), thread, () -> retry(later.hash()));
    } else if (output instanceof ContentQueue.Output.ReloadLater later) {
      parts.environment().executor().schedule(later.delay(), thread, () -> reload(later.namespace()));
    }
  }

  private void retry(Hash hash) {
    Collection<EndpointId> providers = documents.candidates(queue.namespaces(hash));
    documents.onChange(queue.retry(hash, providers, this::carryOut));
  }

  /** Goes on with the next part of what is noted: what was tried before is still there, since nobody had it. */
  private void reload(NamespaceId namespace) {
    if (queue.reload(namespace)) {
      skipped.merge(
          namespace, ContentQueue.MAX_SHARE, (old, more) -> old + more > MAX_SKIP ? 0 : old + more);
      load(namespace);
    }
  }

  /** Looks first whether the content is here already, off the actor's thread. */
  private void fetch(ContentQueue.Output.Fetch fetch) {
    try {
      parts.environment().executor().io().execute(() -> download(fetch));
    } catch (RuntimeException e) {
      thread.execute(() -> ended(fetch.hash(), e));
    }
  }

  /** Whatever goes wrong is reported, or the fetch would count as running for ever. */
  private void download(ContentQueue.Output.Fetch fetch) {
    try {
      if (parts.blobs().status(fetch.hash()) instanceof BlobStatus.Complete) {
        thread.execute(() -> ended(fetch.hash(), null));
        return;
      }
      CompletionStage<BlobInfo> download =
          parts.downloader().download(fetch.hash(), fetch.providers(), ProgressListener.NONE);
      download.whenCompleteAsync((info, failure) -> ended(fetch.hash(), failure), thread);
    } catch (RuntimeException | Error e) {
      thread.execute(() -> ended(fetch.hash(), e));
    }
  }

  private void ended(Hash hash, @Nullable Throwable failure) {
    if (failure == null) {
      complete(hash);
    } else {
      LOG.log(
          System.Logger.Level.DEBUG,
          "content {0} could not be fetched: {1}",
          hash.shortText(),
          Failures.of(failure).getMessage());
      documents.onChange(queue.failed(hash, this::carryOut));
    }
    queue.takeOverflown().forEach(this::load);
  }

  private void complete(Hash hash) {
    Set<NamespaceId> namespaces = Set.copyOf(queue.complete(hash, this::carryOut));
    for (NamespaceId namespace : namespaces) {
      LiveActor.logFailure(parts.sync().contentArrived(namespace, hash), "noting arrived content");
    }
    documents.onContent(namespaces, hash);
  }
}
