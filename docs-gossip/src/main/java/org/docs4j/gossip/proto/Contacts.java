package org.docs4j.gossip.proto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.docs4j.api.model.EndpointId;

/**
 * Whom to ask when there are too few neighbours: the peers that the application named, and the last neighbours. They are
 * tried in turn, a few at a time, and after each full turn with twice the delay.
 */
final class Contacts {
  private static final int MAX_NAMED = 64;
  private static final int MAX_FORMER = 16;
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration limit;
  private final LinkedHashSet<EndpointId> named = new LinkedHashSet<>();
  private final LinkedHashSet<EndpointId> former = new LinkedHashSet<>();
  private int turn;
  private int doublings;

  Contacts(Duration first, Duration limit) {
    this.first = first;
    this.limit = limit;
  }

  /** Remembers a peer that the application named, in place of the one named longest ago if there are too many. */
  void name(EndpointId peer) {
    named.remove(peer);
    named.add(peer);
    dropOldest(named, MAX_NAMED);
  }

  void neighborUp(EndpointId peer) {
    former.remove(peer);
    former.add(peer);
    dropOldest(former, MAX_FORMER);
  }

  /** Forgets a neighbour that left on purpose. */
  void left(EndpointId peer) {
    former.remove(peer);
  }

  /** Starts again with the shortest delay. */
  void reset() {
    turn = 0;
    doublings = 0;
  }

  /** Whether there is anybody left to contact. */
  boolean anyMissing(Predicate<EndpointId> reached) {
    return !named.stream().allMatch(reached) || !former.stream().allMatch(reached);
  }

  /** The next few of those that are not reached. */
  List<EndpointId> next(int count, Predicate<EndpointId> reached) {
    if (count <= 0) {
      return List.of();
    }
    List<EndpointId> missing = missing(reached);
    if (turn >= missing.size()) {
      turn = 0;
    }
    List<EndpointId> chosen = missing.subList(turn, Math.min(missing.size(), turn + count));
    turn += chosen.size();
    if (turn >= missing.size()) {
      turn = 0;
      doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    }
    return chosen;
  }

  /** How long to wait before the next attempt. */
  Duration delay(boolean alone) {
    Duration most = alone ? limit : limit.multipliedBy(2);
    Duration wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(most) < 0 ? wait : most;
  }

  private List<EndpointId> missing(Predicate<EndpointId> reached) {
    LinkedHashSet<EndpointId> all = new LinkedHashSet<>(named);
    all.addAll(former);
    List<EndpointId> missing = new ArrayList<>(all);
    missing.removeIf(reached);
    return missing;
  }

  private static void dropOldest(Set<EndpointId> set, int most) {
    if (set.size() > most) {
      var oldest = set.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
