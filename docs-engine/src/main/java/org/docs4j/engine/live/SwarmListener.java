package org.docs4j.engine.live;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipListener;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;
import org.jspecify.annotations.Nullable;

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
  private final SwarmInbox inbox;

  /** Whether something had to be dropped just now: then messages get one processor, many together, as each costs less so. */
  private volatile boolean doubtful;

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
    this.inbox = new SwarmInbox(parts.environment().executor().compute(), this::receive);
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
      } else if (under == 1 && !doubtful) {
        // Alone: handing it over would only add to the time that checking one entry takes.
        receive(List.of(received));
      } else {
        inbox.add(received, doubtful ? 1 : SwarmInbox.LANES);
      }
    } else if (event instanceof GossipEvent.Lagged lagged) {
      LOG.log(System.Logger.Level.DEBUG, "missed {0} messages about {1}", lagged.missed(), namespace.shortText());
      tellOnce(losing, () -> swarm.onLost(namespace));
    }
  }

  private void receive(List<Received> messages) {
    Dropped dropped = new Dropped();
    int pending = 0;
    try {
      List<Received> puts = new ArrayList<>();
      List<SignedEntry> entries = new ArrayList<>();
      for (Received message : messages) {
        @Nullable Op op = decode(message, dropped);
        if (op instanceof Op.Put put) {
          puts.add(message);
          entries.add(put.entry());
        } else if (op instanceof Op.ContentReady ready) {
          thread.execute(() -> swarm.onContent(namespace, message.from(), ready.hash()));
        } else if (op instanceof Op.SyncReport report) {
          pending++;
          report(report, message.from());
        }
      }
      BitSet valid = SignedEntry.verifyAll(entries);
      for (int i = 0; i < entries.size(); i++) {
        if (valid.get(i)) {
          pending++;
          put(entries.get(i), puts.get(i));
        } else {
          dropped.add(puts.get(i).from(), "an entry that is not signed for this document");
        }
      }
    } finally {
      inFlight.addAndGet(pending - messages.size());
    }
    doubtful = !dropped.isEmpty();
    dropped.log(namespace);
  }

  /** What a message says, unless it is to be dropped. */
  private @Nullable Op decode(Received message, Dropped dropped) {
    try {
      Op op = OpCodec.decode(message.content());
      if (op instanceof Op.Put put && !put.entry().id().namespace().equals(namespace)) {
        dropped.add(message.from(), "an entry that is not signed for this document");
      } else if (op instanceof Op.SyncReport report && !report.namespace().equals(namespace)) {
        dropped.add(message.from(), "a report that is not about this document");
      } else {
        return op;
      }
    } catch (MalformedMessageException e) {
      dropped.add(message.from(), e.getMessage());
    }
    return null;
  }

  private void put(SignedEntry entry, Received message) {
    tellOnce(seeing, () -> swarm.onSeen(namespace));
    ContentStatus status = message.direct() ? ContentStatus.COMPLETE : ContentStatus.MISSING;
    release(parts.sync().insertRemote(namespace, entry, message.from(), status));
  }

  private void report(Op.SyncReport report, EndpointId from) {
    release(
        parts
            .sync()
            .hasNewsForUs(namespace, report.heads())
            .thenAccept(authors -> {
              if (authors > 0) {
                thread.execute(() -> swarm.onNews(namespace, from));
              }
            }));
  }

  private void release(CompletionStage<?> work) {
    LiveActor.logFailure(work.whenComplete((done, failure) -> inFlight.decrementAndGet()), "a gossip message");
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
