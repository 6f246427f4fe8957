package org.docs4j.engine.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.NamespaceId;

/**
 * Who wants to know what happens to which document. Safe to use from any thread.
 *
 * <p>The lists are replaced, never changed, under the lock; {@link #emit} reads them without it.
 */
final class Subscribers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<NamespaceId, List<Subscription>> subscriptions = new ConcurrentHashMap<>();
  private boolean closed;

  /** A new subscription; one that has ended already after {@link #closeAll}. */
  LiveEvents subscribe(NamespaceId namespace) {
    Subscription subscription = new Subscription(ended -> remove(namespace, ended));
    if (!add(namespace, subscription)) {
      subscription.close();
    }
    return subscription;
  }

  private boolean add(NamespaceId namespace, Subscription subscription) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      List<Subscription> list = new ArrayList<>(subscriptions.getOrDefault(namespace, List.of()));
      list.add(subscription);
      subscriptions.put(namespace, List.copyOf(list));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void remove(NamespaceId namespace, Subscription subscription) {
    lock.lock();
    try {
      List<Subscription> list = new ArrayList<>(subscriptions.getOrDefault(namespace, List.of()));
      list.remove(subscription);
      if (list.isEmpty()) {
        subscriptions.remove(namespace);
      } else {
        subscriptions.put(namespace, List.copyOf(list));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody wants to know about a document. */
  boolean has(NamespaceId namespace) {
    return subscriptions.containsKey(namespace);
  }

  void emit(NamespaceId namespace, LiveEvent event) {
    subscriptions.getOrDefault(namespace, List.of()).forEach(subscription -> subscription.offer(event));
  }

  /** Ends the subscriptions that a document has now. */
  void close(NamespaceId namespace) {
    List<Subscription> ended;
    lock.lock();
    try {
      ended = subscriptions.getOrDefault(namespace, List.of());
      subscriptions.remove(namespace);
    } finally {
      lock.unlock();
    }
    ended.forEach(Subscription::close);
  }

  /** Ends all subscriptions, and those to come at once. */
  void closeAll() {
    List<Subscription> ended = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      subscriptions.values().forEach(ended::addAll);
      subscriptions.clear();
    } finally {
      lock.unlock();
    }
    ended.forEach(Subscription::close);
  }

  /** How many documents have subscribers. */
  int documents() {
    return subscriptions.size();
  }
}
