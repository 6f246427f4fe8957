package org.docs4j.gossip.proto;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.docs4j.api.model.EndpointId;

/**
 * The messages that were announced and have not arrived, with those who announced them. For each there is one timer on
 * its way, from the first announcement until {@link #remove}.
 */
final class MissingMessages {
  private static final int MAX_ANNOUNCERS = 8;

  private final BroadcastConfig config;
  private final TreeMap<MessageId, ArrayDeque<Announcer>> waiting = new TreeMap<>();
  private final TreeMap<EndpointId, Integer> announced = new TreeMap<>();

  /** Who has a message, and with which round it would come from there. */
  record Announcer(EndpointId peer, int round) {}

  MissingMessages(BroadcastConfig config) {
    this.config = config;
  }

  /** Notes an announcement if there is room; says whether it is the first for this message. */
  boolean announce(MessageId id, EndpointId peer, int round) {
    int ofPeer = announced.getOrDefault(peer, 0);
    if (ofPeer >= config.maxMissingPerPeer()) {
      return false;
    }
    ArrayDeque<Announcer> announcers = waiting.get(id);
    boolean first = announcers == null;
    if (announcers == null) {
      if (waiting.size() >= config.maxMissing()) {
        return false;
      }
      announcers = new ArrayDeque<>(2);
      waiting.put(id, announcers);
    } else if (announcers.size() >= MAX_ANNOUNCERS
        || announcers.stream().anyMatch(other -> other.peer().equals(peer))) {
      return false;
    }
    announcers.add(new Announcer(peer, round));
    announced.put(peer, ofPeer + 1);
    return first;
  }

  /** Takes the next announcer that may still be asked. */
  Optional<Announcer> poll(MessageId id, Predicate<EndpointId> asked) {
    ArrayDeque<Announcer> announcers = waiting.get(id);
    while (announcers != null && !announcers.isEmpty()) {
      Announcer next = announcers.removeFirst();
      release(next.peer());
      if (asked.test(next.peer())) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  boolean contains(MessageId id) {
    return waiting.containsKey(id);
  }

  /** Ends the wait for a message and returns who else had it, in the order of their announcements. */
  List<Announcer> remove(MessageId id) {
    ArrayDeque<Announcer> announcers = waiting.remove(id);
    if (announcers == null) {
      return List.of();
    }
    announcers.forEach(announcer -> release(announcer.peer()));
    return List.copyOf(announcers);
  }

  /** Forgets what a peer announced. */
  void neighborDown(EndpointId peer) {
    if (announced.remove(peer) != null) {
      waiting.values().forEach(announcers -> announcers.removeIf(announcer -> announcer.peer().equals(peer)));
    }
  }

  int size() {
    return waiting.size();
  }

  private void release(EndpointId peer) {
    announced.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
  }
}
