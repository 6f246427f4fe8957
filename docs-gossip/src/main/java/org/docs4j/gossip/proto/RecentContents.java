package org.docs4j.gossip.proto;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;

/** The messages of the last while: their ids, to recognise them, and for a shorter time their content, to pass it on. */
final class RecentContents {
  private final BroadcastConfig config;
  private final LinkedHashMap<MessageId, Duration> ids = new LinkedHashMap<>();
  private final LinkedHashMap<MessageId, Cached> contents = new LinkedHashMap<>();
  private long contentBytes;

  private record Cached(Gossip message, Duration expiry) {}

  RecentContents(BroadcastConfig config) {
    this.config = config;
  }

  boolean contains(MessageId id) {
    return ids.containsKey(id);
  }

  /** Keeps a new message; the oldest make room if there are too many. */
  void add(Gossip message, Duration now) {
    ids.put(message.id(), now.plus(config.idRetention()));
    contents.put(message.id(), new Cached(message, now.plus(config.contentRetention())));
    contentBytes += message.content().size();
    if (ids.size() > config.maxIds()) {
      dropFirst(ids.entrySet().iterator());
    }
    while (contents.size() > config.maxContents() || contentBytes > config.maxContentBytes()) {
      dropContent(contents.entrySet().iterator());
    }
  }

  Optional<Gossip> content(MessageId id) {
    Cached cached = contents.get(id);
    return cached == null ? Optional.empty() : Optional.of(cached.message());
  }

  /** Drops what is too old; entries stand in the order of their age. */
  void evict(Duration now) {
    while (!contents.isEmpty() && contents.values().iterator().next().expiry().compareTo(now) <= 0) {
      dropContent(contents.entrySet().iterator());
    }
    while (!ids.isEmpty() && ids.values().iterator().next().compareTo(now) <= 0) {
      dropFirst(ids.entrySet().iterator());
    }
  }

  boolean isEmpty() {
    return ids.isEmpty() && contents.isEmpty();
  }

  int contentCount() {
    return contents.size();
  }

  int idCount() {
    return ids.size();
  }

  private void dropContent(Iterator<Map.Entry<MessageId, Cached>> oldest) {
    contentBytes -= oldest.next().getValue().message().content().size();
    oldest.remove();
  }

  private static void dropFirst(Iterator<Map.Entry<MessageId, Duration>> oldest) {
    oldest.next();
    oldest.remove();
  }
}
