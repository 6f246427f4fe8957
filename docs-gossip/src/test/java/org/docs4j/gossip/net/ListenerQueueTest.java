package org.docs4j.gossip.net;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipEvent.Lagged;
import org.docs4j.api.spi.gossip.GossipEvent.NeighborUp;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.spi.gossip.GossipListener;
import org.junit.jupiter.api.Test;

class ListenerQueueTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<GossipEvent> heard = new ArrayList<>();

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private static GossipEvent event(int number) {
    return new NeighborUp(peer(number));
  }

  @Test
  void offer_someEvents_deliversThemInOrderInOneTask() {
    ListenerQueue queue = new ListenerQueue(topic(1), heard::add, tasks::add);
    for (int i = 0; i < 100; i++) {
      queue.offer(event(i));
    }
    assertEquals(1, tasks.size());
    assertTrue(heard.isEmpty(), "nothing is delivered by the caller");
    runAll();
    for (int i = 0; i < 100; i++) {
      assertEquals(event(i), heard.get(i));
    }
    assertEquals(100, heard.size());
  }

  @Test
  void offer_whileTheListenerIsTold_isDeliveredByTheSameTask() {
    List<ListenerQueue> queue = new ArrayList<>();
    GossipListener listener =
        event -> {
          heard.add(event);
          if (heard.size() < 3) {
            queue.get(0).offer(event(heard.size()));
          }
        };
    queue.add(new ListenerQueue(topic(1), listener, tasks::add));
    queue.get(0).offer(event(0));
    tasks.remove().run();
    assertEquals(List.of(event(0), event(1), event(2)), heard);
    assertTrue(tasks.isEmpty(), "handed over once more");
    queue.get(0).offer(event(3));
    assertEquals(1, tasks.size(), "nobody delivers any more");
  }

  @Test
  void offer_moreThanFits_tellsHowManyWereMissedBeforeTheNext() {
    ListenerQueue queue = new ListenerQueue(topic(1), heard::add, tasks::add);
    for (int i = 0; i < ListenerQueue.CAPACITY + 7; i++) {
      queue.offer(event(i));
    }
    tasks.remove().run();
    queue.offer(event(9999));
    runAll();
    assertEquals(ListenerQueue.CAPACITY + 2, heard.size());
    assertEquals(event(ListenerQueue.CAPACITY - 1), heard.get(ListenerQueue.CAPACITY - 1));
    assertEquals(List.of(new Lagged(7), event(9999)), heard.subList(ListenerQueue.CAPACITY, heard.size()));
  }

  @Test
  void offer_moreThanFitsAndNothingAfter_stillTellsWhatWasMissed() {
    ListenerQueue queue = new ListenerQueue(topic(1), heard::add, tasks::add);
    for (int i = 0; i < ListenerQueue.CAPACITY + 3; i++) {
      queue.offer(event(i));
    }
    runAll();
    assertEquals(new Lagged(3), heard.get(heard.size() - 1));
  }

  @Test
  void offer_moreBytesThanFit_isTheSame() {
    ListenerQueue queue = new ListenerQueue(topic(1), heard::add, tasks::add);
    GossipEvent large = new Received(Bytes.of(new byte[4000]), peer(1), new Scope.Neighbors());
    int fitting = ListenerQueue.CAPACITY_BYTES / 4000;
    for (int i = 0; i < fitting + 5; i++) {
      queue.offer(large);
    }
    runAll();
    assertEquals(fitting + 1, heard.size());
    assertEquals(new Lagged(5), heard.get(fitting));
    queue.offer(large);
    runAll();
    assertEquals(large, heard.get(fitting + 1));
  }

  @Test
  void offer_toListenerThatThrows_goesOn() {
    ListenerQueue queue =
        new ListenerQueue(
            topic(1),
            event -> {
              heard.add(event);
              throw new IllegalArgumentException("on purpose");
            },
            tasks::add);
    queue.offer(event(1));
    queue.offer(event(2));
    runAll();
    assertEquals(List.of(event(1), event(2)), heard);
  }

  @Test
  void close_withEventsWaiting_deliversNoneOfThem() {
    ListenerQueue queue = new ListenerQueue(topic(1), heard::add, tasks::add);
    queue.offer(event(1));
    queue.close();
    queue.offer(event(2));
    runAll();
    assertEquals(List.of(), heard);
  }
}
