package org.docs4j.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.Docs;
import org.docs4j.api.DocsConfig;
import org.docs4j.api.ProviderException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.EngineProvider;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipProvider;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.TransportProvider;

/** Opens nodes from the providers that are present: what {@link Docs#memory} and {@link Docs#persistent} use. */
public final class DocsEngineProvider implements EngineProvider {
  /** Made by {@link java.util.ServiceLoader}. */
  public DocsEngineProvider() {}

  @Override
  public String name() {
    return "docs4j";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // a native library that cannot be loaded must not leave locks behind either
  public Docs open(DocsConfig config) {
    Options options = new Options(config.options());
    Opened opened = new Opened();
    try {
      return open(config, options, opened);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private static Docs open(DocsConfig config, Options options, Opened opened) {
    boolean persistent = config.folder().isPresent();
    Optional<NodeFolder> folder = config.folder().map(path -> new NodeFolder(path));
    // All are chosen before anything is made, so that a wrong name leaves nothing behind.
    StoreProvider storeProvider =
        Providers.store(folder.map(f -> f.storeName(config.store())).orElse(config.store()), persistent);
    BlobsProvider blobsProvider =
        Providers.blobs(folder.map(f -> f.blobsName(config.blobs())).orElse(config.blobs()), persistent);
    TransportProvider transport = Providers.transport(config.transport());
    GossipProvider gossipProvider = Providers.gossip(config.gossip());
    Environment environment = opened.add(Environment.system());
    KeyValueStore store =
        opened.add(
            storeProvider.open(
                new StoreConfig(folder.map(NodeFolder::store), DocsEngine.tables(), options.of("store"))));
    folder.ifPresent(f -> f.rememberStore(storeProvider.name()));
    Optional<Path> blobsFolder = folder.map(NodeFolder::blobs);
    BlobStore blobs =
        opened.add(blobsProvider.open(new BlobsConfig(blobsFolder, options.of("blobs"), environment)));
    folder.ifPresent(f -> f.rememberBlobs(blobsProvider.name()));
    EndpointSecret secret =
        folder
            .map(f -> f.endpointSecret(environment.random()))
            .orElseGet(() -> EndpointSecret.random(environment.random()));
    Endpoint endpoint =
        opened.add(
            transport.bind(new EndpointConfig(secret, config.bind(), options.of("transport"), environment)));
    Gossip gossip = opened.add(gossipProvider.start(endpoint, environment, options.of("gossip")));
    Downloader downloader = opened.add(blobsProvider.attach(blobs, endpoint, environment));
    DefaultAuthorStorage author =
        folder.map(NodeFolder::defaultAuthor).orElseGet(DefaultAuthorStorage.Memory::new);
    opened.release(store);
    return DocsEngine.spawn(
        new EngineSeams(environment, endpoint, gossip, store, blobs, downloader, author),
        EngineConfig.DEFAULT.withAccess(config.access()),
        opened::close);
  }

  /** Settings of the plug-ins by the word before the first dot of their names. */
  private record Options(Map<String, String> all) {
    Options {
      for (String name : all.keySet()) {
        if (!name.matches("(store|transport|gossip|blobs)\\..+")) {
          throw new ProviderException(
              "the option " + name + " does not begin with store., transport., gossip. or blobs.");
        }
      }
    }

    Map<String, String> of(String what) {
      Map<String, String> own = new TreeMap<>();
      all.forEach(
          (name, value) -> {
            if (name.startsWith(what + ".")) {
              own.put(name.substring(what.length() + 1), value);
            }
          });
      return own;
    }
  }
}
