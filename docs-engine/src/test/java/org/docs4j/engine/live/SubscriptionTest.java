package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final NamespaceId DOC = new NamespaceId(new Bytes32(9, 9, 9, 9));

  private final Subscribers subscribers = new Subscribers();

  private static LiveEvent event(int number) {
    return new LiveEvent.ContentReady(new Hash(new Bytes32(number, 0, 0, 0)));
  }

  @Test
  void poll_slowSubscriber_getsWhatFitsAndThenLagged() {
    LiveEvents slow = subscribers.subscribe(DOC);
    LiveEvents fast = subscribers.subscribe(DOC);
    int events = LiveEvents.CAPACITY + 7;
    for (int i = 0; i < events; i++) {
      subscribers.emit(DOC, event(i));
      assertEquals(Optional.of(event(i)), fast.poll(Duration.ZERO));
    }
    for (int i = 0; i < LiveEvents.CAPACITY; i++) {
      assertEquals(Optional.of(event(i)), slow.poll(Duration.ZERO));
    }
    assertEquals(Optional.of(new LiveEvent.Lagged(7)), slow.poll(Duration.ZERO));
    subscribers.emit(DOC, event(0));
    assertEquals(Optional.of(event(0)), slow.poll(Duration.ZERO));
    assertEquals(Optional.empty(), slow.poll(Duration.ZERO));
  }

  @Test
  void close_withEventsLeft_givesThemFirst() {
    LiveEvents events = subscribers.subscribe(DOC);
    subscribers.emit(DOC, event(1));
    subscribers.closeAll();
    subscribers.emit(DOC, event(2));
    assertEquals(Optional.of(event(1)), events.poll(Duration.ofSeconds(10)));
    assertTrue(events.isEnded());
    assertEquals(Optional.empty(), events.poll(Duration.ofSeconds(10)));
  }

  @Test
  void close_ofLastSubscription_forgetsTheDocument() {
    LiveEvents one = subscribers.subscribe(DOC);
    LiveEvents other = subscribers.subscribe(DOC);
    one.close();
    assertEquals(1, subscribers.documents());
    other.close();
    assertEquals(0, subscribers.documents());
  }

  @Test
  void subscribe_afterCloseOfDocument_getsWhatComesThen() {
    LiveEvents before = subscribers.subscribe(DOC);
    subscribers.close(DOC);
    LiveEvents after = subscribers.subscribe(DOC);
    subscribers.emit(DOC, event(1));
    assertTrue(before.isEnded());
    assertEquals(Optional.of(event(1)), after.poll(Duration.ZERO));
  }

  @Test
  void subscribe_afterCloseAll_hasEnded() {
    subscribers.closeAll();
    assertTrue(subscribers.subscribe(DOC).isEnded());
    assertEquals(0, subscribers.documents());
  }

  @Test
  void subscribe_whileAllAreClosed_endsAlways() throws InterruptedException {
    List<LiveEvents> all = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(100);
    Thread subscriber =
        new Thread(
            () -> {
              for (int i = 0; i < 2000; i++) {
                all.add(subscribers.subscribe(DOC));
                begun.countDown();
              }
            });
    subscriber.start();
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    subscribers.closeAll();
    subscriber.join();
    assertTrue(all.stream().allMatch(LiveEvents::isEnded));
  }
}
