package org.docs4j.engine.session;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.engine.actor.SyncHandle;

/**
 * What sessions work with.
 *
 * @param sync the replicas
 * @param contentStatus how much of a blob this node has; cheap, asked for every entry that is sent
 * @param environment threads and clocks
 * @param patience how long the peer may make no progress
 */
public record SessionContext(
    SyncHandle sync, Function<Hash, ContentStatus> contentStatus, Environment environment, Duration patience) {
  /** The protocol of document sync (WIRE 4). */
  public static final Alpn ALPN = new Alpn("/iroh-sync/1");

  /**
   * The same between nodes of this kind, which keep the connection: it carries any number of sessions, each on a
   * bidirectional stream that the dialling side opens, and each as on a connection of its own, but that both sides end
   * the stream instead of closing the connection.
   */
  public static final Alpn SHARED = new Alpn("docs4j/sync/1");

  /** Both, the better one first. */
  public static final List<Alpn> PROTOCOLS = List.of(SHARED, ALPN);

  /** Enough for a peer that is busy with a large document, too short for one that is gone. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);
}
