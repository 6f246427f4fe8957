package org.docs4j.engine.live;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Function<Set<NamespaceId>, Set<EndpointId>> candidates;
  private final BiConsumer<Set<NamespaceId>, Hash> onComplete;
  private final Consumer<Set<NamespaceId>> onChange;
  private final ContentQueue queue = new ContentQueue();
  private final Set<NamespaceId> loading = new TreeSet<>();

  ContentFetcher(
      LiveParts parts,
      SerialExecutor thread,
      Function<Set<NamespaceId>, Set<EndpointId>> candidates,
      BiConsumer<Set<NamespaceId>, Hash> onComplete,
      Consumer<Set<NamespaceId>> onChange) {
    this.parts = parts;
    this.thread = thread;
    this.candidates = candidates;
    this.onComplete = onComplete;
    this.onChange = onChange;
  }

  /** An entry came whose content is wanted. */
  void want(ReplicaEvent.Remote remote) {
    List<EndpointId> providers =
        remote.contentStatus() == ContentStatus.COMPLETE ? List.of(remote.from()) : List.of();
    enqueue(remote.namespace(), remote.entry().record().hash(), providers);
  }

  /** Takes up what was left to fetch when the document was last synced. */
  void load(NamespaceId namespace) {
    loading.add(namespace);
    CompletionStage<List<Hash>> noted = parts.sync().wanted(namespace, ContentQueue.MAX_ENTRIES);
    CompletionStage<List<Hash>> loaded =
        noted.whenCompleteAsync(
            (hashes, failure) -> {
              loading.remove(namespace);
              if (failure == null) {
                hashes.forEach(hash -> enqueue(namespace, hash, candidates.apply(Set.of(namespace))));
              }
              onChange.accept(Set.of(namespace));
            },
            thread);
    LiveActor.logFailure(loaded, "reading wanted content");
  }

  void announced(Hash hash, EndpointId peer) {
    queue.provider(hash, peer, this::carryOut);
  }

  void peerAvailable(NamespaceId namespace, EndpointId peer) {
    queue.peerAvailable(namespace, peer, this::carryOut);
  }

  void leave(NamespaceId namespace) {
    queue.leave(namespace);
  }

  boolean isSettled(NamespaceId namespace) {
    return !loading.contains(namespace) && queue.isSettled(namespace);
  }

  private void enqueue(NamespaceId namespace, Hash hash, Collection<EndpointId> providers) {
    queue.want(namespace, hash, providers, this::carryOut);
  }

  private void carryOut(ContentQueue.Output output) {
    if (output instanceof ContentQueue.Output.Fetch fetch) {
      fetch(fetch);
    } else if (output instanceof ContentQueue.Output.RetryLater later) {
      parts
          .environment()
          .executor()
          .schedule(
              later.delay(),
              thread,
              () ->
                  queue.retry(
                      later.hash(), candidates.apply(queue.namespaces(later.hash())), this::carryOut));
    }
  }

  /** Looks first whether the content is here already, off the actor's thread. */
  private void fetch(ContentQueue.Output.Fetch fetch) {
    parts
        .environment()
        .executor()
        .io()
        .execute(
            () -> {
              if (parts.blobs().status(fetch.hash()) instanceof BlobStatus.Complete) {
                thread.execute(() -> complete(fetch.hash()));
                return;
              }
              CompletionStage<BlobInfo> download =
                  parts.downloader().download(fetch.hash(), fetch.providers(), ProgressListener.NONE);
              download.whenCompleteAsync((info, failure) -> ended(fetch.hash(), failure), thread);
            });
  }

  private void ended(Hash hash, @Nullable Throwable failure) {
    if (failure == null) {
      complete(hash);
      return;
    }
    LOG.log(
        System.Logger.Level.DEBUG,
        "content {0} could not be fetched: {1}",
        hash.shortText(),
        Failures.of(failure).getMessage());
    onChange.accept(queue.failed(hash, this::carryOut));
  }

  private void complete(Hash hash) {
    Set<NamespaceId> namespaces = Set.copyOf(queue.complete(hash, this::carryOut));
    for (NamespaceId namespace : namespaces) {
      LiveActor.logFailure(parts.sync().contentArrived(namespace, hash), "noting arrived content");
    }
    onComplete.accept(namespaces, hash);
    queue.takeOverflown().forEach(this::load);
  }
}
