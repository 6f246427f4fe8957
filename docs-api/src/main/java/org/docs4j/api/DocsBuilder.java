package org.docs4j.api;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.spi.EngineProvider;
import org.docs4j.api.spi.Providers;

/** Puts a node together from the modules that are present; used by one thread. */
public final class DocsBuilder {
  private final Optional<Path> folder;
  private Optional<String> store = Optional.empty();
  private Optional<String> transport = Optional.empty();
  private Optional<String> gossip = Optional.empty();
  private Optional<String> blobs = Optional.empty();
  private InetSocketAddress bind = new InetSocketAddress(0);
  private final Map<String, String> options = new TreeMap<>();
  private SyncAccess access = SyncAccess.EVERYONE;

  private DocsBuilder(Optional<Path> folder) {
    this.folder = folder;
  }

  static DocsBuilder memory() {
    return new DocsBuilder(Optional.empty());
  }

  static DocsBuilder persistent(Path folder) {
    return new DocsBuilder(Optional.of(folder));
  }

  /** Names the store; without it {@code lmdb} for a folder and {@code memory} otherwise, else the only one there is. */
  public DocsBuilder store(String name) {
    store = Optional.of(name);
    return this;
  }

  /** Names the transport; without it the only one there is. */
  public DocsBuilder transport(String name) {
    transport = Optional.of(name);
    return this;
  }

  /** Names the gossip; without it the only one there is. */
  public DocsBuilder gossip(String name) {
    gossip = Optional.of(name);
    return this;
  }

  /** Names the blob store; without it {@code file} for a folder and {@code memory} otherwise, else the only one. */
  public DocsBuilder blobs(String name) {
    blobs = Optional.of(name);
    return this;
  }

  /** The local address; without it all interfaces and any free port. */
  public DocsBuilder bind(InetSocketAddress address) {
    bind = address;
    return this;
  }

  /** Sets an option of a plug-in; its name begins with {@code store.}, {@code transport.}, {@code gossip.} or {@code blobs.}. */
  public DocsBuilder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Decides who may sync which document; without it everyone may whom the application gives the document's id. */
  public DocsBuilder access(SyncAccess decision) {
    access = decision;
    return this;
  }

  /**
   * Opens the node.
   *
   * @throws ProviderException if a module is missing, or several could be meant and none is named
   * @throws StoreLockedException if the folder is open elsewhere
   * @throws StoreVersionException if the folder was written by a newer release
   * @throws AddressInUseException if the port is taken
   * @throws DocsException if it cannot be opened for another reason; nothing is left open then
   */
  public Docs open() {
    DocsConfig config = new DocsConfig(folder, store, transport, gossip, blobs, bind, options, access);
    return Providers.select(EngineProvider.class, "engine", Optional.empty(), Optional.empty(), p -> true)
        .open(config);
  }
}
