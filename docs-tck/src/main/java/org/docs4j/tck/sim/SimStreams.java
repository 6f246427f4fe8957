package org.docs4j.tck.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;

/**
 * The streams of one side of a connection: opens and accepts them, hands frames to their halves and shares the
 * connection's window among them. Ids are those of RFC 9000, section 2.1. Guarded by the network's lock.
 */
final class SimStreams {
  private static final int ACCEPTOR = 1;
  private static final int UNI = 2;
  private static final int INDEX_SHIFT = 2;

  private final SimConnection connection;
  private final Map<Long, SendHalf> sending = new LinkedHashMap<>();
  private final Map<Long, ReceiveHalf> receiving = new LinkedHashMap<>();
  private final Map<Integer, Opening> openings = new HashMap<>();
  private final Map<Integer, Long> announced = new HashMap<>();
  private final AcceptQueue<BidiStream> incomingBidi;
  private final AcceptQueue<ReceiveStream> incomingUni;
  private final LinkedHashSet<SendHalf> starved = new LinkedHashSet<>();
  private int credit;
  private int unreturned;

  SimStreams(SimConnection connection) {
    this.connection = connection;
    this.incomingBidi = new AcceptQueue<>(connection);
    this.incomingUni = new AcceptQueue<>(connection);
    this.credit = connection.config().connectionWindow();
  }

  CompletionStage<BidiStream> openBidi() {
    CompletableFuture<BidiStream> stage = new CompletableFuture<>();
    Opening opening = opening(0);
    opening.waiting.add(new Waiter(stage, () -> {
      long id = opening.nextId();
      connection.complete(stage, new BidiStream(newSend(id), newReceive(id)));
    }));
    opening.admit();
    return stage;
  }

  CompletionStage<SendStream> openUni() {
    CompletableFuture<SendStream> stage = new CompletableFuture<>();
    Opening opening = opening(UNI);
    opening.waiting.add(new Waiter(stage, () -> connection.complete(stage, newSend(opening.nextId()))));
    opening.admit();
    return stage;
  }

  CompletionStage<BidiStream> acceptBidi() {
    return incomingBidi.take();
  }

  CompletionStage<ReceiveStream> acceptUni() {
    return incomingUni.take();
  }

  private Opening opening(int kind) {
    int bits = kind | (connection.dialled() ? 0 : ACCEPTOR);
    return openings.computeIfAbsent(bits, missing -> new Opening(bits, connection.config().streams()));
  }

  private SendHalf newSend(long id) {
    SendHalf half = new SendHalf(connection, this, id);
    sending.put(id, half);
    return half;
  }

  private ReceiveHalf newReceive(long id) {
    ReceiveHalf half = new ReceiveHalf(connection, this, id);
    receiving.put(id, half);
    return half;
  }

  void received(Frame frame) {
    if (frame instanceof Frame.Data data) {
      announce(data.stream());
      ReceiveHalf half = receiving.get(data.stream());
      if (half != null) {
        half.received(data.bytes());
      } else {
        returnCredit(data.bytes().remaining());
      }
    } else if (frame instanceof Frame.Finished finished) {
      announce(finished.stream());
      ReceiveHalf half = receiving.get(finished.stream());
      if (half != null) {
        half.finished();
      }
    } else if (frame instanceof Frame.Reset reset) {
      announce(reset.stream());
      ReceiveHalf half = receiving.get(reset.stream());
      if (half != null) {
        half.reset(reset.code());
      }
    } else if (frame instanceof Frame.ConnectionCredit more) {
      credit += more.bytes();
      feedStarved();
    } else {
      receivedBySender(frame);
    }
  }

  private void receivedBySender(Frame frame) {
    if (frame instanceof Frame.Stopped stopped) {
      announce(stopped.stream());
      SendHalf half = sending.get(stopped.stream());
      if (half != null) {
        half.stopped(stopped.code());
      }
    } else if (frame instanceof Frame.StreamCredit more) {
      SendHalf half = sending.get(more.stream());
      if (half != null) {
        half.credited(more.bytes());
      }
    } else if (frame instanceof Frame.Taken taken) {
      ended(taken.stream(), sending);
    }
  }

  /** Makes the stream known if the peer opened it, and with it those that the peer opened before. */
  private void announce(long id) {
    boolean ours = (id & ACCEPTOR) == (connection.dialled() ? 0 : ACCEPTOR);
    if (ours) {
      return;
    }
    int bits = (int) id & (ACCEPTOR | UNI);
    long next = announced.getOrDefault(bits, 0L);
    for (; next <= id >> INDEX_SHIFT; next++) {
      long announcedId = next << INDEX_SHIFT | bits;
      if ((bits & UNI) != 0) {
        incomingUni.offer(newReceive(announcedId));
      } else {
        incomingBidi.offer(new BidiStream(newSend(announcedId), newReceive(announcedId)));
      }
    }
    announced.put(bits, next);
  }

  /** The sending half has nothing more to send that the peer wants. */
  void sendingEnded(long id) {
    ended(id, sending);
  }

  /** The receiving half has nothing more to give. */
  void receivingEnded(long id) {
    ended(id, receiving);
  }

  private void ended(long id, Map<Long, ?> halves) {
    if (halves.remove(id) != null && !sending.containsKey(id) && !receiving.containsKey(id)) {
      Opening opening = openings.get((int) id & (ACCEPTOR | UNI));
      if (opening != null) {
        opening.free++;
        opening.admit();
      }
    }
    connection.drained();
  }

  /** Takes some of the connection's window for a half that wants to send; 0 means to wait for its turn. */
  int take(SendHalf half, int wanted) {
    int granted = Math.min(wanted, credit);
    credit -= granted;
    if (granted == 0) {
      starved.add(half);
    }
    return granted;
  }

  private void feedStarved() {
    while (credit > 0 && !starved.isEmpty()) {
      SendHalf next = starved.iterator().next();
      starved.remove(next);
      next.pump();
    }
  }

  /** Bytes left the buffers of this side: lets the peer send as many again, not for each byte alone. */
  void returnCredit(int bytes) {
    unreturned += bytes;
    if (unreturned > connection.config().connectionWindow() / 4) {
      connection.send(new Frame.ConnectionCredit(unreturned), 0);
      unreturned = 0;
    }
  }

  boolean isUnread() {
    return sending.values().stream().anyMatch(SendHalf::isFinished);
  }

  /** The connection has ended: everything that anybody waits for fails. */
  void fail(RuntimeException failure) {
    new ArrayList<>(sending.values()).forEach(half -> half.fail(failure));
    new ArrayList<>(receiving.values()).forEach(half -> half.fail(failure));
    sending.clear();
    receiving.clear();
    openings.values().forEach(opening -> opening.waiting.forEach(waiter -> connection.fail(waiter.stage, failure)));
    openings.clear();
    incomingBidi.fail(failure);
    incomingUni.fail(failure);
  }

  private record Waiter(CompletableFuture<?> stage, Runnable open) {}

  /** How many streams of one kind may be opened, and who waits for that. */
  private static final class Opening {
    private final int bits;
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private int free;
    private long opened;

    private Opening(int bits, int free) {
      this.bits = bits;
      this.free = free;
    }

    private long nextId() {
      return opened++ << INDEX_SHIFT | bits;
    }

    private void admit() {
      while (free > 0 && !waiting.isEmpty()) {
        free--;
        waiting.remove().open.run();
      }
    }
  }
}
