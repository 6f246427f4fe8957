package org.docs4j.engine.session;

import java.util.List;
import org.docs4j.api.NodeBusyException;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;

/**
 * The memory that messages take in all sessions of a node together until they are answered: the ends of their ranges, of
 * which peers choose how long they are, what has come of an element whose end a peer may hold back, and the entries of those
 * that nobody has let in yet. Each session has a little of its own, and what exceeds that comes from a share of all.
 *
 * <p>Safe to use from any thread.
 */
final class PeerMemory {
  /** How many bytes all sessions share. */
  static final long SHARED_BYTES = 48 << 20;

  /** How many bytes a session may take for messages, and as many for what is unread: what those of short keys need. */
  static final long OWN_BYTES = 64 << 10;

  /** How much of the share has to be left for a session to begin. */
  static final long LEAST_BYTES = 1 << 20;

  private static final int PART_BYTES = 48;
  /** What an entry takes on the heap, besides its key. */
  private static final int ENTRY_BYTES = 600;

  private long left = SHARED_BYTES;

  /** Whether there is room for one more session. */
  synchronized boolean hasRoom() {
    return left >= LEAST_BYTES;
  }

  /** How much of the share is left. */
  synchronized long left() {
    return left;
  }

  private synchronized void take(long bytes) {
    if (bytes > left) {
      throw new NodeBusyException("the messages that peers send take too much memory at the moment");
    }
    left -= bytes;
  }

  /** The part of one session; for one thread at a time. */
  final class Lease implements AutoCloseable {
    private long used;
    private long unread;
    private boolean closed;

    /**
     * Takes some more.
     *
     * @throws NodeBusyException if that is not left; nothing is taken then
     */
    synchronized void add(long bytes) {
      set(used + bytes);
    }

    /**
     * Takes so much instead of what it had before.
     *
     * @throws NodeBusyException if that is not left; it keeps what it had then
     */
    synchronized void set(long bytes) {
      take(bytes, unread);
      used = bytes;
    }

    /**
     * Takes so much for what has come of a message and cannot be taken yet, instead of what it had before for that.
     *
     * @throws NodeBusyException if that is not left; it keeps what it had then
     */
    synchronized void setUnread(long bytes) {
      take(used, bytes);
      unread = bytes;
    }

    private void take(long whole, long waiting) {
      if (closed && whole + waiting > 0) {
        throw new NodeBusyException("the session has ended");
      }
      PeerMemory.this.take(shared(whole) + shared(waiting) - shared(used) - shared(unread));
    }

    private long shared(long bytes) {
      return Math.max(0, bytes - OWN_BYTES);
    }

    /** Gives everything back. Idempotent. */
    @Override
    public synchronized void close() {
      set(0);
      setUnread(0);
      closed = true;
    }
  }

  Lease lease() {
    return new Lease();
  }

  /** How much the ends of ranges take that are kept until a message is answered. */
  static long kept(List<Piece> pieces) {
    long bytes = 0;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Fingerprint fingerprint) {
        bytes += bytes(fingerprint.part().range());
      } else if (piece instanceof Piece.Items items && items.last()) {
        bytes += bytes(items.range());
      }
    }
    return bytes;
  }

  /** How much pieces take that are kept with their entries. */
  static long whole(List<Piece> pieces) {
    long bytes = kept(pieces);
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Items items) {
        for (Part.Value value : items.values()) {
          bytes += ENTRY_BYTES + (long) value.entry().id().key().size();
        }
      }
    }
    return bytes;
  }

  /** How much the ends of ranges take in an answer, once as it is and once as it is written. */
  static long kept(RangeMessage answer) {
    long bytes = 0;
    for (Part part : answer.parts()) {
      bytes += part instanceof Part.RangeFingerprint ? 2 * bytes(part.range()) : 0;
    }
    return bytes;
  }

  private static long bytes(Range range) {
    return (long) range.x().size() + range.y().size() + PART_BYTES;
  }
}
