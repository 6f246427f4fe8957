package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.docs4j.api.Doc;

/**
 * Writes on both sides that have to travel as live updates: no session, which would bring what gossip lost, may run
 * meanwhile. It lasts some seconds; after half a minute a node of ours would begin a session in order to make sure.
 */
final class LivePhase {
  /** Longer than the time after which a node of ours greets a new neighbour with a session. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** What a session repairs comes seconds later, and live updates within milliseconds: no measure of speed. */
  private static final double LIVE_MILLIS = 1000;

  private final RealPeer peer;
  private final Doc doc;
  private final Heard heard;
  private final int ourSessions;
  private final int theirSessions;
  private final long heardThere;
  private final Map<String, Double> ours = new TreeMap<>();
  private final Map<String, Double> theirs = new TreeMap<>();

  private LivePhase(RealPeer peer, Doc doc, Heard heard) {
    this.peer = peer;
    this.doc = doc;
    this.heard = heard;
    ourSessions = heard.sessions.size();
    theirSessions = peer.sessions().size();
    heardThere = peer.heard();
  }

  /**
   * Begins when both are neighbours and the sessions that follow from it are over. Nothing reports that no more of them
   * follow, so a second without one tells it. The real node was told to track keys.
   */
  static LivePhase begin(RealPeer peer, Doc doc, Heard heard) throws IOException {
    peer.await("waitNeighbor", 1);
    Interop.until("a neighbour", () -> heard.neighbours.get() > 0);
    long[] last = {-1, 0};
    Interop.until("a second without a session", () -> {
      int sessions = heard.sessions.size() + peer.sessions().size();
      long now = System.nanoTime();
      if (sessions != last[0]) {
        last[0] = sessions;
        last[1] = now;
      }
      return now - last[1] > QUIET.toNanos();
    });
    return new LivePhase(peer, doc, heard);
  }

  /** Writes here, and waits until the real node has heard of it. */
  void write(String key) throws IOException {
    ours.put(key, System.nanoTime() / 1e6);
    Interop.set(doc, key, "content of " + key);
    peer.await("waitInserts", heardThere + ours.size());
  }

  /** Lets the real node write, and waits until it is here. */
  void writeThere(String key) throws IOException {
    theirs.put(key, peer.ask("set", "k", key, "v", "content of " + key).path("t").asDouble());
    Interop.until("the update " + key, () -> heard.arrivals.containsKey(key));
  }

  /** Prints how long updates took, and fails unless all came as live updates. */
  void end() {
    Map<String, Double> there = peer.arrivals();
    assertTrue(there.keySet().containsAll(ours.keySet()), there::toString);
    List<Double> from = latencies(theirs, heard.arrivals::get);
    List<Double> to = latencies(ours, there::get);
    System.out.printf("live updates in ms: from the real node %s, to it %s%n", percentiles(from), percentiles(to));

    assertEquals(List.of(), heard.sessions.subList(ourSessions, heard.sessions.size()), "sessions that we report");
    assertEquals(theirSessions, peer.sessions().size(), () -> "sessions that the real node reports: " + peer.sessions());
    assertTrue(median(from) < LIVE_MILLIS, from::toString);
    assertTrue(median(to) < LIVE_MILLIS, to::toString);
  }

  private static List<Double> latencies(Map<String, Double> sent, ToDoubleFunction<String> arrived) {
    return sent.entrySet().stream().map(each -> arrived.applyAsDouble(each.getKey()) - each.getValue()).sorted().toList();
  }

  private static double median(List<Double> times) {
    return times.get(times.size() / 2);
  }

  private static String percentiles(List<Double> times) {
    return String.format("p50 %.1f, p99 %.1f, at most %.1f", median(times), times.get(times.size() * 99 / 100), times.get(times.size() - 1));
  }
}
