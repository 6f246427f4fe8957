package org.docs4j.gossip.net;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.gossip.wire.Frames;
import org.jspecify.annotations.Nullable;

/** One topic's way to a peer on one connection: frames wait here until the stream takes them. For the gossip thread. */
final class OutStream {
  /** What waits for one peer and topic at most; beyond that, messages are dropped. */
  static final int MAX_QUEUED_BYTES = 2 << 20;

  private static final int MAX_WRITE_BYTES = 64 << 10;

  private final PeerConnection connection;
  private final TopicId topic;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private int queuedBytes;
  private boolean opening;
  private boolean busy;
  private boolean finishing;
  private boolean ended;
  private Duration busySince = Duration.ZERO;
  private @Nullable SendStream stream;

  OutStream(PeerConnection connection, TopicId topic) {
    this.connection = connection;
    this.topic = topic;
    add(Frames.header(topic));
  }

  TopicId topic() {
    return topic;
  }

  /** Takes a frame if there is room. */
  boolean send(byte[] frame) {
    if (ended || queuedBytes + frame.length > MAX_QUEUED_BYTES) {
      return false;
    }
    add(frame);
    pump();
    return true;
  }

  private void add(byte[] frame) {
    queue.add(frame);
    queuedBytes += frame.length;
    connection.context().backlog(frame.length);
  }

  /** Opens the stream; until then frames only gather. */
  void open() {
    opening = true;
    busy(true);
    connection
        .context()
        .then(
            connection.transport().openUni(),
            opened -> {
              stream = opened;
              busy(false);
              pump();
            },
            this::failed);
  }

  /** Ends the stream once everything is written; takes no more frames. */
  void finish() {
    finishing = true;
    if (!opening && queue.size() == 1) {
      end();
    } else {
      pump();
    }
  }

  boolean opened() {
    return opening;
  }

  boolean idle() {
    return !busy && queue.isEmpty();
  }

  /** Whether the peer has taken nothing since a given time although something waits for it. */
  boolean stuckSince(Duration time) {
    return busy && busySince.compareTo(time) < 0;
  }

  /** Writes everything and ends, without waiting for the peer to take it. */
  void farewell() {
    SendStream open = stream;
    if (open != null && !ended) {
      while (!queue.isEmpty()) {
        open.write(gather());
      }
      open.finish();
    }
    drop();
  }

  /** The connection is gone. */
  void drop() {
    ended = true;
    connection.context().backlog(-queuedBytes);
    queue.clear();
    queuedBytes = 0;
  }

  private void pump() {
    SendStream open = stream;
    if (open == null || busy || ended) {
      return;
    }
    if (!queue.isEmpty()) {
      busy(true);
      connection.context().then(open.write(gather()), done -> written(), this::failed);
    } else if (finishing) {
      busy(true);
      connection.context().then(open.finish(), done -> end(), this::failed);
    } else {
      connection.outIdle();
    }
  }

  private void written() {
    busy(false);
    pump();
  }

  /** As many of the waiting frames as make a good write. */
  private ByteBuffer gather() {
    int size = 0;
    int frames = 0;
    for (byte[] frame : queue) {
      if (frames > 0 && size + frame.length > MAX_WRITE_BYTES) {
        break;
      }
      size += frame.length;
      frames++;
    }
    ByteBuffer data = ByteBuffer.allocate(size);
    for (int i = 0; i < frames; i++) {
      data.put(queue.remove());
    }
    queuedBytes -= size;
    connection.context().backlog(-size);
    return data.flip();
  }

  private void busy(boolean now) {
    busy = now;
    busySince = connection.context().now();
  }

  private void failed(Throwable cause) {
    connection.debug("a stream failed", cause);
    end();
  }

  private void end() {
    if (!ended) {
      drop();
      connection.outEnded(this);
    }
  }
}
