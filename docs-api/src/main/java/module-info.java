import org.jspecify.annotations.NullMarked;

/**
 * Values, wire formats and seams of Docs4J: what applications hold and what plug-ins implement.
 *
 * <p>Start with {@link org.docs4j.api.Docs}.
 */
@NullMarked
module org.docs4j.api {
  requires static transitive org.jspecify;

  exports org.docs4j.api;
  exports org.docs4j.api.crypto;
  exports org.docs4j.api.model;
  exports org.docs4j.api.spi;
  exports org.docs4j.api.spi.blobs;
  exports org.docs4j.api.spi.gossip;
  exports org.docs4j.api.spi.store;
  exports org.docs4j.api.spi.transport;
  exports org.docs4j.api.wire;

  uses org.docs4j.api.spi.EngineProvider;
  uses org.docs4j.api.spi.blobs.BlobsProvider;
  uses org.docs4j.api.spi.gossip.GossipProvider;
  uses org.docs4j.api.spi.store.StoreProvider;
  uses org.docs4j.api.spi.transport.TransportProvider;
}
