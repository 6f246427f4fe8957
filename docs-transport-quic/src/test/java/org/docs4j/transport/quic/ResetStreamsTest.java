package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResetStreamsTest {
  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final List<Integer> closed = new ArrayList<>();
  private final ResetStreams streams =
      new ResetStreams(proxy(QuicChannel.class, (self, method, arguments) -> clock.eventLoop()));

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private QuicStreamChannel stream(int number) {
    return proxy(
        QuicStreamChannel.class,
        (self, method, arguments) -> {
          assertEquals("close", method.getName());
          closed.add(number);
          return null;
        });
  }

  private void pass(long seconds) {
    clock.advanceTimeBy(seconds, TimeUnit.SECONDS);
    clock.runScheduledPendingTasks();
  }

  @Test
  void closeLater_fewStreams_keepsThemForALinger() {
    clock.freezeTime();
    streams.closeLater(stream(1), 0);
    pass(1);
    streams.closeLater(stream(2), 0);
    pass(ResetStreams.LINGER_SECONDS - 2);
    assertEquals(List.of(), closed);
    pass(1);
    assertEquals(List.of(1), closed);
    pass(1);
    assertEquals(List.of(1, 2), closed);
  }

  @Test
  void closeLater_tooManyStreams_closesTheOldest() {
    for (int i = 0; i < ResetStreams.MAX_WAITING + 3; i++) {
      streams.closeLater(stream(i), 0);
    }
    assertEquals(List.of(0, 1, 2), closed);
    clock.freezeTime();
    pass(ResetStreams.LINGER_SECONDS);
    assertEquals(IntStream.range(0, ResetStreams.MAX_WAITING + 3).boxed().toList(), closed, "each is closed once");
  }

  @Test
  void closeLater_tooManyBytes_closesTheOldest() {
    streams.closeLater(stream(1), ResetStreams.MAX_BYTES - 1);
    streams.closeLater(stream(2), 1);
    assertEquals(List.of(), closed);
    streams.closeLater(stream(3), 1);
    assertEquals(List.of(1), closed);
    streams.closeLater(stream(4), ResetStreams.MAX_BYTES + 1);
    assertEquals(List.of(1, 2, 3, 4), closed);
  }

  @Test
  void end_streamsThatWait_leavesThemToTheConnection() {
    clock.freezeTime();
    streams.closeLater(stream(1), 0);
    streams.end();
    streams.closeLater(stream(2), 0);
    pass(ResetStreams.LINGER_SECONDS + 1);
    assertEquals(List.of(), closed);
  }
}
