package org.docs4j.engine.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that neighbours get what they were not told entry by entry, once for much that happens together. Only the live
 * actor's thread uses it.
 */
final class NeighborHints {
  /** How long entries that could not be broadcast are gathered before the neighbours are dialled. */
  static final Duration SPREAD_DELAY = Duration.ofMillis(100);

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Map<NamespaceId, DocTopic> topics;
  private final Consumer<NamespaceId> dial;

  /**
   * Nothing to tell.
   *
   * @param topics the documents that are synced
   * @param dial begins a session with each neighbour
   */
  NeighborHints(LiveParts parts, SerialExecutor thread, Map<NamespaceId, DocTopic> topics, Consumer<NamespaceId> dial) {
    this.parts = parts;
    this.thread = thread;
    this.topics = topics;
    this.dial = dial;
  }

  /**
   * Too large for gossip, or too much at once: it travels by sessions that we begin. A report of our heads would not do,
   * since a later entry of the same author hides that an earlier one is missing.
   */
  void spreadSoon(NamespaceId namespace) {
    @Nullable DocTopic topic = topics.get(namespace);
    if (topic != null && topic.beginSpread()) {
      Runnable spread =
          () -> {
            topic.endSpread();
            dial.accept(namespace);
          };
      parts.environment().executor().schedule(SPREAD_DELAY, thread, spread);
    }
  }

  /** Tells the neighbours what we have, so that they fetch what they lack. */
  void report(NamespaceId namespace) {
    @Nullable DocTopic topic = topics.get(namespace);
    if (topic == null) {
      return;
    }
    CompletionStage<AuthorHeads> heads = parts.sync().heads(namespace, topic.mostHeads());
    LiveActor.logFailure(heads.thenAcceptAsync(known -> report(namespace, known), thread), "reporting heads");
  }

  private void report(NamespaceId namespace, AuthorHeads heads) {
    @Nullable DocTopic topic = topics.get(namespace);
    if (topic == null) {
      return;
    }
    topic.report(heads).filter(delay -> topic.beginReport()).ifPresent(delay -> {
      Runnable again =
          () -> {
            topic.endReport();
            report(namespace);
          };
      parts.environment().executor().schedule(delay, thread, again);
    });
  }
}
