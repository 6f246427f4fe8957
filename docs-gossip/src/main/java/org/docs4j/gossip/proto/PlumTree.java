package org.docs4j.gossip.proto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.gossip.proto.BroadcastMessage.Announcement;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.BroadcastMessage.Graft;
import org.docs4j.gossip.proto.BroadcastMessage.GraftLink;
import org.docs4j.gossip.proto.BroadcastMessage.IHave;
import org.docs4j.gossip.proto.BroadcastMessage.Prune;
import org.docs4j.gossip.proto.GossipInput.Audience;
import org.docs4j.gossip.proto.MissingMessages.Announcer;

/**
 * The broadcast tree of one topic (WIRE 5.4). Eager peers get messages in full, lazy ones their announcement; both are
 * always neighbours, so that no stranger can have himself sent everything.
 */
final class PlumTree {
  /** Two tags and two bytes of count. */
  private static final int IHAVE_OVERHEAD = 4;

  /** An id and three bytes of round. */
  private static final int ANNOUNCEMENT_BYTES = 35;

  private final BroadcastConfig config;
  private final TopicOutbox out;
  private final int announcementsPerMessage;
  private final TreeSet<EndpointId> eager = new TreeSet<>();
  private final TreeSet<EndpointId> lazy = new TreeSet<>();
  private final TreeMap<EndpointId, List<Announcement>> announcements = new TreeMap<>();
  private final RecentContents recent;
  private final MissingMessages missing;
  private boolean dispatchScheduled;
  private boolean evictScheduled;

  PlumTree(GossipConfig config, TopicOutbox out) {
    this.config = config.broadcast();
    this.out = out;
    this.announcementsPerMessage = (config.maxMessageBytes() - 1 - IHAVE_OVERHEAD) / ANNOUNCEMENT_BYTES;
    this.recent = new RecentContents(config.broadcast());
    this.missing = new MissingMessages(config.broadcast());
  }

  Set<EndpointId> eager() {
    return eager;
  }

  Set<EndpointId> lazy() {
    return lazy;
  }

  RecentContents recent() {
    return recent;
  }

  MissingMessages missing() {
    return missing;
  }

  void neighborUp(EndpointId peer) {
    lazy.remove(peer);
    eager.add(peer);
  }

  void neighborDown(EndpointId peer) {
    eager.remove(peer);
    lazy.remove(peer);
    announcements.remove(peer);
    missing.neighborDown(peer);
  }

  void broadcast(Bytes content, Audience audience, Duration now) {
    MessageId id = MessageId.ofContent(content);
    if (audience == Audience.NEIGHBORS) {
      Gossip message = new Gossip(id, content, new Scope.Neighbors());
      eager.forEach(peer -> out.send(peer, message));
    } else if (!recent.contains(id)) {
      missing.remove(id);
      Gossip message = new Gossip(id, content, new Scope.Swarm(0));
      keep(message, now);
      pushEager(message, eager);
      pushLazy(new Announcement(id, 0), lazy);
    }
  }

  void receive(EndpointId from, BroadcastMessage message, Duration now) {
    if (message instanceof Gossip gossip) {
      onGossip(from, gossip, now);
    } else if (message instanceof Prune) {
      makeLazy(from);
    } else if (message instanceof Graft graft) {
      makeEager(from);
      recent.content(graft.id()).ifPresent(content -> out.send(from, content));
    } else if (message instanceof GraftLink) {
      makeEager(from);
    } else if (message instanceof IHave ihave) {
      ihave.announcements().forEach(announcement -> onAnnouncement(from, announcement));
    }
  }

  private void onGossip(EndpointId from, Gossip message, Duration now) {
    if (!MessageId.ofContent(message.content()).equals(message.id())) {
      return;
    }
    if (message.scope() instanceof Scope.Swarm swarm) {
      if (recent.contains(message.id())) {
        makeLazy(from);
        out.send(from, new Prune());
        return;
      }
      int round = Math.min(swarm.round() + 1, Message.MAX_HOPS);
      Gossip next = new Gossip(message.id(), message.content(), new Scope.Swarm(round));
      keep(next, now);
      pushEager(next, without(eager, from));
      pushLazy(new Announcement(message.id(), round), without(lazy, from));
      optimize(from, round, missing.remove(message.id()));
    }
    out.received(new GossipEvent.Received(message.content(), from, message.scope()));
  }

  /** Prefers the way of an announcement that came with far fewer rounds than the message itself. */
  private void optimize(EndpointId from, int round, List<Announcer> announcers) {
    Optional<Announcer> best =
        announcers.stream()
            .filter(announcer -> isNeighbor(announcer.peer()) && !announcer.peer().equals(from))
            .min(Comparator.comparingInt(Announcer::round));
    if (best.isEmpty() || round - best.get().round() < config.optimizationThreshold()) {
      return;
    }
    EndpointId better = best.get().peer();
    if (!eager.contains(better)) {
      makeEager(better);
      out.send(better, new GraftLink(best.get().round()));
    }
    makeLazy(from);
    out.send(from, new Prune());
  }

  private void onAnnouncement(EndpointId from, Announcement announcement) {
    MessageId id = announcement.id();
    if (!recent.contains(id) && missing.announce(id, from, announcement.round())) {
      out.schedule(config.graftFirst(), new GossipTimer.SendGraft(id));
    }
  }

  void sendGraft(MessageId id) {
    if (!missing.contains(id)) {
      return;
    }
    Optional<Announcer> next = missing.poll(id, this::isNeighbor);
    if (next.isEmpty()) {
      missing.remove(id);
      return;
    }
    makeEager(next.get().peer());
    out.send(next.get().peer(), new Graft(id, next.get().round()));
    out.schedule(config.graftNext(), new GossipTimer.SendGraft(id));
  }

  void dispatch() {
    dispatchScheduled = false;
    announcements.forEach((peer, list) -> out.send(peer, new IHave(list)));
    announcements.clear();
  }

  void evict(Duration now) {
    evictScheduled = false;
    recent.evict(now);
    scheduleEvict();
  }

  private void keep(Gossip message, Duration now) {
    recent.add(message, now);
    scheduleEvict();
  }

  private void scheduleEvict() {
    if (!evictScheduled && !recent.isEmpty()) {
      evictScheduled = true;
      out.schedule(config.evictInterval(), new GossipTimer.Evict());
    }
  }

  private void pushEager(Gossip message, Iterable<EndpointId> peers) {
    peers.forEach(peer -> out.send(peer, message));
  }

  private void pushLazy(Announcement announcement, Iterable<EndpointId> peers) {
    for (EndpointId peer : peers) {
      List<Announcement> list = announcements.computeIfAbsent(peer, id -> new ArrayList<>());
      list.add(announcement);
      if (list.size() >= announcementsPerMessage) {
        out.send(peer, new IHave(list));
        announcements.remove(peer);
      }
    }
    if (!dispatchScheduled && !announcements.isEmpty()) {
      dispatchScheduled = true;
      out.schedule(config.dispatchDelay(), new GossipTimer.DispatchAnnouncements());
    }
  }

  private boolean isNeighbor(EndpointId peer) {
    return eager.contains(peer) || lazy.contains(peer);
  }

  private void makeEager(EndpointId peer) {
    if (lazy.remove(peer)) {
      eager.add(peer);
    }
  }

  private void makeLazy(EndpointId peer) {
    if (eager.remove(peer)) {
      lazy.add(peer);
    }
  }

  private static List<EndpointId> without(Set<EndpointId> peers, EndpointId excluded) {
    List<EndpointId> others = new ArrayList<>(peers);
    others.remove(excluded);
    return others;
  }
}
