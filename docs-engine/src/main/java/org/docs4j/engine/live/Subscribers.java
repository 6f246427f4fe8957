package org.docs4j.engine.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.NamespaceId;

/** Who wants to know what happens to which document. Safe to use from any thread. */
final class Subscribers {
  private final Map<NamespaceId, List<Subscription>> subscriptions = new ConcurrentHashMap<>();

  LiveEvents subscribe(NamespaceId namespace) {
    List<Subscription> list = subscriptions.computeIfAbsent(namespace, id -> new CopyOnWriteArrayList<>());
    Subscription[] self = new Subscription[1];
    Subscription subscription = new Subscription(() -> list.remove(self[0]));
    self[0] = subscription;
    list.add(subscription);
    return subscription;
  }

  void emit(NamespaceId namespace, LiveEvent event) {
    subscriptions.getOrDefault(namespace, List.of()).forEach(subscription -> subscription.offer(event));
  }

  /** Ends the subscriptions of a document. */
  void close(NamespaceId namespace) {
    List<Subscription> list = subscriptions.remove(namespace);
    if (list != null) {
      List.copyOf(list).forEach(Subscription::close);
    }
  }

  void closeAll() {
    List.copyOf(subscriptions.keySet()).forEach(this::close);
  }
}
