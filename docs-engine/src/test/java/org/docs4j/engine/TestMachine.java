package org.docs4j.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/** Everything that a node needs around it, on real threads and with a network that reaches nobody. */
final class TestMachine implements AutoCloseable {
  final Environment environment = Environment.system();
  final MapBlobs blobs = new MapBlobs();
  private final SimNetwork network = SimNetwork.realTime(environment, SimNetworkConfig.instant());

  /** A node that keeps everything in memory, with an endpoint of its own. */
  DocsEngine memoryNode() {
    return DocsEngine.spawn(
        seams(endpoint(EndpointSecret.random(environment.random())), memoryStore(), new DefaultAuthorStorage.Memory()),
        EngineConfig.DEFAULT);
  }

  /** The node that a folder keeps, with its documents in LMDB; ends its endpoint when it is closed. */
  DocsEngine nodeIn(Path path) {
    NodeFolder folder = new NodeFolder(path);
    KeyValueStore store = lmdb(folder.store());
    Endpoint endpoint = endpoint(folder.endpointSecret(environment.random()));
    return DocsEngine.spawn(
        seams(endpoint, store, folder.defaultAuthor()), EngineConfig.DEFAULT, endpoint::close);
  }

  EngineSeams seams(Endpoint endpoint, KeyValueStore store, DefaultAuthorStorage author) {
    return new EngineSeams(environment, endpoint, new QuietGossip(), store, blobs, new NobodyHasIt(), author);
  }

  Endpoint endpoint(EndpointSecret secret) {
    return network.endpoint(secret, environment);
  }

  static KeyValueStore memoryStore() {
    return Providers.store(Optional.of("memory"), false)
        .open(new StoreConfig(Optional.empty(), DocsEngine.tables(), Map.of()));
  }

  static KeyValueStore lmdb(Path folder) {
    return Providers.store(Optional.of("lmdb"), true)
        .open(new StoreConfig(Optional.of(folder), DocsEngine.tables(), Map.of()));
  }

  @Override
  public void close() {
    network.close();
    environment.close();
  }

  private record NobodyHasIt() implements Downloader {
    @Override
    public CompletionStage<BlobInfo> download(Hash hash, List<EndpointId> providers, ProgressListener progress) {
      return CompletableFuture.failedFuture(new BlobNotFoundException("nobody has " + hash.shortText()));
    }

    @Override
    public void close() {}
  }
}
