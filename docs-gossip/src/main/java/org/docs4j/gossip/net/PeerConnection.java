package org.docs4j.gossip.net;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.gossip.proto.Message;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer with its streams (WIRE 5.1): one for each topic towards the peer, opened with the first
 * message, and whatever the peer opens. For the gossip thread.
 */
final class PeerConnection {
  /** What real nodes allow (WIRE 5.1). */
  static final int MAX_OUT_STREAMS = 100;

  /** Twice what honest nodes open, for those that end while others begin. */
  static final int MAX_IN_STREAMS = 256;

  static final String CLOSE_REASON = "close from disconnect";

  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final Duration IDLE_UNUSED = Duration.ofSeconds(5);
  private static final Duration IDLE_UNNEEDED = Duration.ofSeconds(30);
  private static final Duration STUCK = Duration.ofSeconds(30);

  private final PeerTable table;
  private final NodeContext context;
  private final Connection transport;
  private final LinkedHashMap<TopicId, OutStream> out = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashSet<OutStream> ending = new LinkedHashSet<>();
  private final LinkedHashSet<OutStream> unopened = new LinkedHashSet<>();
  private final LinkedHashSet<InStream> in = new LinkedHashSet<>();
  private int opened;
  private boolean accepting;
  private boolean heard;
  private boolean releasing;
  private Duration releasedAt = Duration.ZERO;
  private Duration lastUse;

  PeerConnection(PeerTable table, NodeContext context, Connection transport) {
    this.table = table;
    this.context = context;
    this.transport = transport;
    this.lastUse = context.now();
  }

  NodeContext context() {
    return context;
  }

  Connection transport() {
    return transport;
  }

  EndpointId remote() {
    return transport.remoteId();
  }

  void start() {
    context.then(transport.closed(), info -> ended(), failure -> ended());
    acceptNext();
  }

  private void acceptNext() {
    if (!accepting && in.size() < MAX_IN_STREAMS) {
      accepting = true;
      // When this fails the connection is over, which is told by its own stage.
      context.then(transport.acceptUni(), this::accepted, failure -> {});
    }
  }

  private void accepted(ReceiveStream stream) {
    accepting = false;
    heard = true;
    InStream next = new InStream(this, stream);
    in.add(next);
    next.read();
    acceptNext();
  }

  void inEnded(InStream stream) {
    in.remove(stream);
    acceptNext();
    closeIfDone();
  }

  void received(TopicId topic, Message message) {
    lastUse = context.now();
    context.received(remote(), topic, message);
  }

  /** Queues a frame for a topic; says whether there was room. */
  boolean send(TopicId topic, byte[] frame) {
    releasing = false;
    lastUse = context.now();
    OutStream stream = out.get(topic);
    if (stream == null) {
      stream = new OutStream(this, topic);
      out.put(topic, stream);
      unopened.add(stream);
      openWaiting();
    }
    return stream.send(frame);
  }

  /** Ends a topic's stream after what was queued; the next message opens another. */
  void finish(TopicId topic) {
    OutStream stream = out.remove(topic);
    if (stream != null) {
      ending.add(stream);
      stream.finish();
    }
  }

  /** Ends all streams, because another connection takes over or nobody needs this one. */
  void finishAll() {
    List.copyOf(out.keySet()).forEach(this::finish);
  }

  /** Ends all streams and, once the peer has done so too or a while later, the connection. */
  void release() {
    if (!releasing) {
      releasing = true;
      releasedAt = context.now();
      finishAll();
      closeIfDone();
    }
  }

  /** Writes and ends everything without waiting for the peer: nobody will be there to continue. */
  void farewell() {
    List.copyOf(out.values()).forEach(OutStream::farewell);
    List.copyOf(ending).forEach(OutStream::farewell);
  }

  void outIdle() {
    openWaiting();
  }

  void outEnded(OutStream stream) {
    ending.remove(stream);
    out.remove(stream.topic(), stream);
    if (!unopened.remove(stream)) {
      opened--;
    }
    openWaiting();
    closeIfDone();
  }

  /** Opens streams as far as the peer's limit allows; idle ones make room, the one unused for longest first. */
  private void openWaiting() {
    while (!unopened.isEmpty() && opened < MAX_OUT_STREAMS) {
      OutStream next = unopened.iterator().next();
      unopened.remove(next);
      opened++;
      next.open();
    }
    if (!unopened.isEmpty()) {
      out.values().stream()
          .filter(stream -> stream.opened() && stream.idle())
          .findFirst()
          .ifPresent(idle -> finish(idle.topic()));
    }
  }

  /** Looks for what has lasted too long. */
  void sweep() {
    Duration now = context.now();
    Duration stuckSince = now.minus(STUCK);
    if (out.values().stream().anyMatch(stream -> stream.stuckSince(stuckSince))
        || ending.stream().anyMatch(stream -> stream.stuckSince(stuckSince))) {
      debug("takes nothing any more", null);
      close();
    } else if (context.needs(remote())) {
      releasing = false;
    } else if (releasing) {
      if (now.minus(releasedAt).compareTo(LINGER) >= 0) {
        close();
      }
    } else {
      Duration idle = now.minus(lastUse);
      if (isEmpty() && idle.compareTo(IDLE_UNUSED) >= 0) {
        close();
      } else if (idle.compareTo(IDLE_UNNEEDED) >= 0) {
        release();
      }
    }
  }

  private void closeIfDone() {
    if (releasing && heard && isEmpty() && !context.needs(remote())) {
      close();
    }
  }

  private boolean isEmpty() {
    return out.isEmpty() && ending.isEmpty() && in.isEmpty();
  }

  void debug(String what, @Nullable Throwable cause) {
    table.debug(remote(), what, cause);
  }

  void close() {
    transport.close(0, CLOSE_REASON);
  }

  private void ended() {
    out.values().forEach(OutStream::drop);
    ending.forEach(OutStream::drop);
    out.clear();
    ending.clear();
    unopened.clear();
    in.clear();
    table.ended(this);
  }
}
