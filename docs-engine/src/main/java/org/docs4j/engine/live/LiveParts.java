package org.docs4j.engine.live;

import java.time.Duration;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.Downloader;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.SyncHandle;

/**
 * What live sync is made of; all owned by the engine.
 *
 * @param environment threads, clocks and random numbers
 * @param endpoint the node's place on the network
 * @param gossip its swarms
 * @param sync its replicas
 * @param blobs its content
 * @param downloader how content is fetched
 * @param patience how long a peer may make no progress in a session
 * @param access who may sync which document
 */
public record LiveParts(
    Environment environment,
    Endpoint endpoint,
    Gossip gossip,
    SyncHandle sync,
    BlobStore blobs,
    Downloader downloader,
    Duration patience,
    SyncAccess access) {}
