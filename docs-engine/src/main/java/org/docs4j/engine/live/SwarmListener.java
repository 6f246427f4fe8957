package org.docs4j.engine.live;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipListener;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;

/**
 * Takes what a document's swarm says (WIRE 5.5). Signatures are checked off every actor's thread; a message that does not
 * decode is dropped and nothing else is harmed.
 */
final class SwarmListener implements GossipListener {
  private static final System.Logger LOG = System.getLogger(SwarmListener.class.getName());

  /** How many messages are worked on at once; what exceeds it is fetched by a session instead. */
  private static final int MAX_IN_FLIGHT = 1024;

  private final NamespaceId namespace;
  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Swarm swarm;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean losing = new AtomicBoolean();
  private final AtomicBoolean seeing = new AtomicBoolean();

  /** Told on the live actor's thread what the swarm says. */
  interface Swarm {
    /** A peer became a neighbour, or is one no longer. */
    void onNeighbor(NamespaceId namespace, EndpointId peer, boolean up);

    /** A peer has entries that we lack. */
    void onNews(NamespaceId namespace, EndpointId peer);

    /** A peer has content. */
    void onContent(NamespaceId namespace, EndpointId peer, Hash hash);

    /** Messages were lost. */
    void onLost(NamespaceId namespace);

    /** An entry came; told once for many that come together. */
    void onSeen(NamespaceId namespace);
  }

  SwarmListener(NamespaceId namespace, LiveParts parts, SerialExecutor thread, Swarm swarm) {
    this.namespace = namespace;
    this.parts = parts;
    this.thread = thread;
    this.swarm = swarm;
  }

  @Override
  public void onEvent(GossipEvent event) {
    if (event instanceof GossipEvent.NeighborUp up) {
      thread.execute(() -> swarm.onNeighbor(namespace, up.peer(), true));
    } else if (event instanceof GossipEvent.NeighborDown down) {
      thread.execute(() -> swarm.onNeighbor(namespace, down.peer(), false));
    } else if (event instanceof GossipEvent.Received received) {
      int under = inFlight.incrementAndGet();
      if (under > MAX_IN_FLIGHT) {
        inFlight.decrementAndGet();
        tellOnce(losing, () -> swarm.onLost(namespace));
      } else if (under == 1) {
        // Alone: handing it over would only add to the time that checking one entry takes.
        receive(received);
      } else {
        parts.environment().executor().compute().execute(() -> receive(received));
      }
    } else if (event instanceof GossipEvent.Lagged lagged) {
      LOG.log(System.Logger.Level.DEBUG, "missed {0} messages about {1}", lagged.missed(), namespace.shortText());
      tellOnce(losing, () -> swarm.onLost(namespace));
    }
  }

  private void receive(GossipEvent.Received received) {
    boolean pending = false;
    try {
      Op op = OpCodec.decode(received.content());
      if (op instanceof Op.Put put) {
        pending = put(put.entry(), received);
      } else if (op instanceof Op.ContentReady ready) {
        thread.execute(() -> swarm.onContent(namespace, received.from(), ready.hash()));
      } else if (op instanceof Op.SyncReport report && !report.namespace().equals(namespace)) {
        LOG.log(System.Logger.Level.INFO, "dropped a report from {0}: not about this document",
            received.from().shortText());
      } else if (op instanceof Op.SyncReport report) {
        pending = true;
        release(
            parts
                .sync()
                .hasNewsForUs(namespace, report.heads())
                .thenAccept(authors -> {
                  if (authors > 0) {
                    tellNews(received.from());
                  }
                }));
      }
    } catch (MalformedMessageException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "dropped a message from {0}: {1}",
          received.from().shortText(),
          e.getMessage());
    } finally {
      if (!pending) {
        inFlight.decrementAndGet();
      }
    }
  }

  private boolean put(SignedEntry entry, GossipEvent.Received received) {
    if (!entry.id().namespace().equals(namespace) || !entry.verify()) {
      LOG.log(System.Logger.Level.INFO, "dropped an entry from {0}: not signed for this document",
          received.from().shortText());
      return false;
    }
    tellOnce(seeing, () -> swarm.onSeen(namespace));
    ContentStatus status = received.direct() ? ContentStatus.COMPLETE : ContentStatus.MISSING;
    release(parts.sync().insertRemote(namespace, entry, received.from(), status));
    return true;
  }

  private void release(CompletionStage<?> work) {
    LiveActor.logFailure(work.whenComplete((done, failure) -> inFlight.decrementAndGet()), "a gossip message");
  }

  private void tellNews(EndpointId peer) {
    thread.execute(() -> swarm.onNews(namespace, peer));
  }

  /** Tells unless the same is about to be told, so that a flood of messages does not become one of tasks. */
  private void tellOnce(AtomicBoolean telling, Runnable what) {
    if (telling.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            telling.set(false);
            what.run();
          });
    }
  }
}
