package org.docs4j.api;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a node is opened with; made by {@link DocsBuilder}.
 *
 * @param folder where everything is kept; empty for a node in memory
 * @param store name of the store provider; empty for the default
 * @param transport name of the transport provider; empty for the only one
 * @param gossip name of the gossip provider; empty for the only one
 * @param blobs name of the blobs provider; empty for the default
 * @param bind the local address
 * @param options settings of the plug-ins, each name led by {@code store.}, {@code transport.}, {@code gossip.} or
 *     {@code blobs.}
 * @param access who may sync which document
 */
public record DocsConfig(
    Optional<Path> folder,
    Optional<String> store,
    Optional<String> transport,
    Optional<String> gossip,
    Optional<String> blobs,
    InetSocketAddress bind,
    Map<String, String> options,
    SyncAccess access) {
  /** Copies the map. */
  public DocsConfig {
    options = Map.copyOf(options);
  }
}
