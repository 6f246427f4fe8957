package org.docs4j.engine.actor;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.docs4j.api.DocsException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.tck.sim.SimEnvironment;

/** A sync actor in virtual time on a store that outlives it, with two documents open. */
final class ActorCase {
  static final NamespaceSecret SECRET = Entries.NAMESPACE;
  static final NamespaceId DOC = SECRET.id();
  static final NamespaceSecret OTHER_SECRET = NamespaceSecret.of(new byte[32]);
  static final NamespaceId OTHER = OTHER_SECRET.id();
  static final Author AUTHOR = Entries.AUTHORS.get(0);
  static final Hash CONTENT = Hash.ofContent(new byte[] {1});

  final SimEnvironment sim = SimEnvironment.create();
  final List<ReplicaEvent> events = new ArrayList<>();
  final SurvivingStore store = SurvivingStore.inMemory();
  private final int steps;
  FailingStore failing = new FailingStore(KeyValueReplicaStore.open(store));
  SyncHandle sync;

  /** Starts one whose slices have so many steps. */
  ActorCase(int steps) {
    this.steps = steps;
    this.sync = start();
    for (NamespaceSecret secret : List.of(SECRET, OTHER_SECRET)) {
      await(sync.importNamespace(new Capability.Write(secret)));
      await(sync.open(secret.id(), OpenOptions.DEFAULT));
    }
    Entries.AUTHORS.forEach(author -> await(sync.importAuthor(author)));
  }

  private SyncHandle start() {
    failing = new FailingStore(KeyValueReplicaStore.open(store));
    return new SyncHandle(
        failing, sim.environment("node"), ReconcilerConfig.DEFAULT, events::add, steps);
  }

  /** Kills the node and starts it again on what it had committed. */
  void crash() {
    crash(kept -> {});
  }

  /** As {@link #crash()}, while something is done to what it had committed. */
  void crash(Consumer<KeyValueStore> meanwhile) {
    sim.crash("node");
    store.kill();
    meanwhile.accept(store);
    sync = start();
  }

  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    sim.runUntil(future::isDone, Duration.ofMinutes(1));
    return future.join();
  }

  DocsException failure(CompletionStage<?> stage) {
    Throwable cause = assertThrows(CompletionException.class, () -> await(stage)).getCause();
    return assertInstanceOf(DocsException.class, cause);
  }

  CompletableFuture<LocalInsert> insert(NamespaceId namespace, String key) {
    return sync.insertLocal(namespace, AUTHOR.id(), Key.of(key), CONTENT, 1);
  }

  /** Writes {@code key000000.} and so on. */
  void fill(NamespaceId namespace, int count) {
    List<CompletableFuture<LocalInsert>> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writes.add(insert(namespace, key(i)));
    }
    writes.forEach(this::await);
  }

  static String key(int number) {
    return "key" + (1_000_000 + number) + ".";
  }

  List<SignedEntry> entries(NamespaceId namespace) {
    List<SignedEntry> all = new ArrayList<>();
    Optional<RecordIdentifier> last = Optional.empty();
    while (true) {
      List<SignedEntry> page = await(sync.getPage(namespace, Query.all().withEmpty(), last, 1000));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      last = Optional.of(page.get(page.size() - 1).id());
    }
  }
}
