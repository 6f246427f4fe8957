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
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Timestamp;
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
  void poll_slowSubscriberOfLongKeys_getsAFewMebibytesAndThenLagged() {
    RecordIdentifier id = new RecordIdentifier(DOC, new AuthorId(new Bytes32(1, 1, 1, 1)), Key.of(new byte[Key.MAX_BYTES]));
    Entry entry = new Entry(id, new Record(1, new Hash(new Bytes32(2, 2, 2, 2)), new Timestamp(3)));
    EndpointId peer = new EndpointId(new Bytes32(4, 4, 4, 4));
    for (LiveEvent event :
        List.of(new LiveEvent.InsertRemote(peer, entry, ContentStatus.MISSING), new LiveEvent.InsertLocal(entry))) {
      LiveEvents slow = subscribers.subscribe(DOC);
      LiveEvents fast = subscribers.subscribe(DOC);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
          subscribers.emit(DOC, event);
          assertEquals(Optional.of(event), fast.poll(Duration.ZERO));
        }
        int held = 0;
        Optional<LiveEvent> next = slow.poll(Duration.ZERO);
        for (; next.equals(Optional.of(event)); next = slow.poll(Duration.ZERO)) {
          held++;
        }
        assertEquals(LiveEvents.CAPACITY_BYTES / Key.MAX_BYTES - 1, held);
        assertEquals(Optional.of(new LiveEvent.Lagged(100 - held)), next);
      }
      slow.close();
      fast.close();
    }
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
