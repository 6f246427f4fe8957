package org.docs4j.engine;

import java.nio.file.Path;
import java.util.ArrayDeque;
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
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;

/** Opens nodes from the providers that are present: what {@link Docs#memory} and {@link Docs#persistent} use. */
public final class DocsEngineProvider implements EngineProvider {
  private static final System.Logger LOG = System.getLogger(DocsEngineProvider.class.getName());

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
  public Docs open(DocsConfig config) {
    Options options = new Options(config.options());
    Opened opened = new Opened();
    try {
      return open(config, options, opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static Docs open(DocsConfig config, Options options, Opened opened) {
    boolean persistent = config.folder().isPresent();
    Optional<NodeFolder> folder = config.folder().map(path -> new NodeFolder(path));
    StoreProvider storeProvider =
        Providers.store(folder.map(f -> f.storeName(config.store())).orElse(config.store()), persistent);
    BlobsProvider blobsProvider =
        Providers.blobs(folder.map(f -> f.blobsName(config.blobs())).orElse(config.blobs()), persistent);
    Environment environment = opened.add(Environment.system());
    KeyValueStore store =
        storeProvider.open(
            new StoreConfig(folder.map(NodeFolder::store), DocsEngine.tables(), options.of("store")));
    Opened.Slot storeSlot = opened.slot(store);
    Optional<Path> blobsFolder = folder.map(NodeFolder::blobs);
    BlobStore blobs =
        opened.add(blobsProvider.open(new BlobsConfig(blobsFolder, options.of("blobs"), environment)));
    folder.ifPresent(f -> f.remember(storeProvider.name(), blobsProvider.name()));
    EndpointSecret secret =
        folder
            .map(f -> f.endpointSecret(environment.random()))
            .orElseGet(() -> EndpointSecret.random(environment.random()));
    Endpoint endpoint =
        opened.add(
            Providers.transport(config.transport())
                .bind(new EndpointConfig(secret, config.bind(), options.of("transport"), environment)));
    Gossip gossip =
        opened.add(
            Providers.gossip(config.gossip()).start(endpoint, environment, options.of("gossip")));
    Downloader downloader = opened.add(blobsProvider.attach(blobs, endpoint, environment));
    DefaultAuthorStorage author =
        folder.map(NodeFolder::defaultAuthor).orElseGet(DefaultAuthorStorage.Memory::new);
    storeSlot.release();
    return DocsEngine.spawn(
        new EngineSeams(environment, endpoint, gossip, store, blobs, downloader, author),
        EngineConfig.DEFAULT,
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

  /** What was opened so far, to be closed in the reverse order. */
  private static final class Opened {
    private final ArrayDeque<AutoCloseable> things = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T thing) {
      things.push(thing);
      return thing;
    }

    Slot slot(AutoCloseable thing) {
      things.push(thing);
      return () -> things.remove(thing);
    }

    /** Takes something out again that somebody else closes from now on. */
    @FunctionalInterface
    interface Slot {
      void release();
    }

    void close() {
      while (!things.isEmpty()) {
        try {
          things.pop().close();
        } catch (Exception e) {
          LOG.log(System.Logger.Level.WARNING, "closing a part of the node failed", e);
        }
      }
    }
  }
}
