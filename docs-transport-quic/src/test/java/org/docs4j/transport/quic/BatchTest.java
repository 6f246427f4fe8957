package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Batch batch = new Batch();
  private final List<String> done = new ArrayList<>();

  private void atEnd(String what) {
    batch.atEnd(channel.eventLoop(), () -> done.add(what));
  }

  @Test
  void atEnd_whileDatagramsAreRead_waitsForTheLastOfThem() {
    batch.begin();
    atEnd("a");
    batch.begin();
    atEnd("b");
    channel.runPendingTasks();
    assertEquals(List.of(), done);
    batch.run();
    assertEquals(List.of("a", "b"), done);
    batch.atEnd(channel.eventLoop(), () -> atEnd("d"));
    channel.runPendingTasks();
    assertEquals(List.of("a", "b"), done);
    batch.end();
    assertEquals(List.of("a", "b", "d"), done);
  }

  @Test
  void atEnd_whileNoneAreRead_isSoon() {
    batch.begin();
    batch.end();
    atEnd("a");
    atEnd("b");
    assertEquals(List.of(), done);
    channel.runPendingTasks();
    assertEquals(List.of("a", "b"), done);
  }

  @Test
  void atEnd_aTaskFails_theOthersAreDone() {
    batch.begin();
    atEnd("a");
    batch.atEnd(
        channel.eventLoop(),
        () -> {
          throw new IllegalStateException("test");
        });
    atEnd("b");
    batch.end();
    atEnd("c");
    channel.runPendingTasks();
    assertEquals(List.of("a", "b", "c"), done);
  }
}
