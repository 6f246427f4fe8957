package org.docs4j.engine;

import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.transport.Endpoint;

/**
 * What a node is put together from.
 *
 * @param environment threads, clocks and random numbers; stays the caller's
 * @param endpoint the node's place on the network; stays the caller's
 * @param gossip stays the caller's
 * @param store opened with {@link DocsEngine#tables()}; the engine's from now on
 * @param blobs stays the caller's; the engine protects what its entries name from garbage collection, from the moment it
 *     is spawned; once it is closed, collections of this store are given up, since nobody knows any more what is needed
 * @param downloader stays the caller's
 * @param defaultAuthor where the default author is remembered
 */
public record EngineSeams(
    Environment environment,
    Endpoint endpoint,
    Gossip gossip,
    KeyValueStore store,
    BlobStore blobs,
    Downloader downloader,
    DefaultAuthorStorage defaultAuthor) {}
