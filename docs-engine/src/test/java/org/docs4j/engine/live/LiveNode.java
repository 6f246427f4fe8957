package org.docs4j.engine.live;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.Query;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.DocsEngine;
import org.docs4j.engine.ForwardingExecutor;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.SyncHandle;
import org.docs4j.engine.memory.MemoryStoreProvider;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;

/** A node of a simulation with live sync; of content it knows only who has which. */
final class LiveNode implements Downloader {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final SimEnvironment sim;
  private final Map<EndpointId, Set<Hash>> contents;
  final Endpoint endpoint;
  final SyncHandle sync;
  final LiveActor live;

  /** How many downloads were asked for. */
  int downloads;

  /** Who may sync. */
  SyncAccess access = SyncAccess.EVERYONE;

  /** How many downloads throw instead of answering. */
  int broken;

  /** How many questions for addresses throw instead of being answered. */
  int lost;

  /** How many tasks waited on the computing pool at once at most, of those that are not the sync actor's. */
  int mostTasks;

  private int tasks;
  private final List<Runnable> held = new ArrayList<>();
  private boolean busy;

  LiveNode(SimEnvironment sim, SimNetwork network, SwarmHub hub, Map<EndpointId, Set<Hash>> contents, String name) {
    this.sim = sim;
    this.contents = contents;
    Environment environment = sim.environment(name);
    this.endpoint = network.endpoint(EndpointSecret.random(environment.random()), environment);
    contents.put(endpoint.id(), new HashSet<>());
    EventRelay events = new EventRelay();
    this.sync =
        new SyncHandle(
            KeyValueReplicaStore.open(
                new MemoryStoreProvider().open(new StoreConfig(Optional.empty(), DocsEngine.tables(), Map.of()))),
            new HoldingExecutor(environment).environment(),
            ReconcilerConfig.DEFAULT,
            events);
    this.live =
        new LiveActor(
            new LiveParts(
                new CountingExecutor(environment).environment(),
                losing(endpoint),
                hub.gossip(endpoint.id()),
                sync,
                blobs(),
                this,
                SessionContext.DEFAULT_PATIENCE,
                (document, peer) -> access.decide(document, peer)));
    events.connect(live::onReplicaEvent);
    live.start();
    await(sync.importNamespace(new Capability.Write(Entries.NAMESPACE)));
    await(sync.open(Entries.NAMESPACE.id(), OpenOptions.DEFAULT));
    Entries.AUTHORS.forEach(author -> await(sync.importAuthor(author)));
  }

  /** Whether the sync actor is kept from doing anything, as by a long commit; once it is not, it does what has gathered. */
  void busy(boolean is) {
    busy = is;
    if (!is) {
      List.copyOf(held).forEach(Runnable::run);
      held.clear();
    }
  }

  private final class CountingExecutor extends ForwardingExecutor {
    CountingExecutor(Environment others) {
      super(others);
    }

    @Override
    public Executor compute() {
      Executor pool = super.compute();
      return task -> {
        mostTasks = Math.max(mostTasks, ++tasks);
        pool.execute(
            () -> {
              tasks--;
              task.run();
            });
      };
    }
  }

  private final class HoldingExecutor extends ForwardingExecutor {
    HoldingExecutor(Environment others) {
      super(others);
    }

    @Override
    public SerialExecutor serial(String name) {
      SerialExecutor thread = super.serial(name);
      return new SerialExecutor() {
        @Override
        public void execute(Runnable task) {
          if (busy) {
            held.add(() -> thread.execute(task));
          } else {
            thread.execute(task);
          }
        }

        @Override
        public void close() {
          thread.close();
        }
      };
    }
  }

  Set<Hash> contents() {
    return contents.get(endpoint.id());
  }

  private Endpoint losing(Endpoint whole) {
    return (Endpoint)
        Proxy.newProxyInstance(
            LiveNode.class.getClassLoader(),
            new Class<?>[] {Endpoint.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("known") && lost > 0) {
                lost--;
                throw new IllegalStateException("this question throws");
              }
              return method.invoke(whole, arguments);
            });
  }

  /** Of a blob store live sync uses nothing but the status. */
  private BlobStore blobs() {
    return (BlobStore)
        Proxy.newProxyInstance(
            LiveNode.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("status")) {
                throw new IllegalStateException("live sync asks a blob store for no " + method.getName());
              }
              return contents().contains(arguments[0]) ? new BlobStatus.Complete(1) : new BlobStatus.Missing();
            });
  }

  @Override
  public CompletionStage<BlobInfo> download(Hash hash, List<EndpointId> providers, ProgressListener progress) {
    downloads++;
    if (broken > 0) {
      broken--;
      throw new IllegalStateException("this download throws");
    }
    if (providers.stream().noneMatch(peer -> contents.getOrDefault(peer, new HashSet<>()).contains(hash))) {
      return CompletableFuture.failedFuture(new BlobNotFoundException("nobody has it"));
    }
    contents().add(hash);
    return CompletableFuture.completedFuture(new BlobInfo(hash, 1));
  }

  @Override
  public void close() {
    live.close();
  }

  <T> T await(CompletableFuture<T> stage) {
    sim.runUntil(stage::isDone, LIMIT);
    return stage.join();
  }

  void start() {
    await(live.startSync(Entries.NAMESPACE.id(), List.of()));
  }

  void set(Author author, String key) {
    Hash hash = Hash.ofContent(key.getBytes(StandardCharsets.UTF_8));
    contents().add(hash);
    await(sync.insertLocal(Entries.NAMESPACE.id(), author.id(), Key.of(key), hash, 1));
  }

  /** The peers that would be dialled after a restart, the best first. */
  List<EndpointId> remembered() {
    return await(sync.syncPeers(Entries.NAMESPACE.id())).stream().map(EndpointAddr::id).toList();
  }

  int entries() {
    return await(sync.getPage(Entries.NAMESPACE.id(), Query.all(), Optional.empty(), 10_000)).size();
  }

  /** A map for the contents of all nodes of a test. */
  static Map<EndpointId, Set<Hash>> noContents() {
    return new HashMap<>();
  }
}
