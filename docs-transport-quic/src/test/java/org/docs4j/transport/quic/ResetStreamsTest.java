package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // of the library's figures, which are there at once
class ResetStreamsTest {
  private static final long HALF_A_SECOND = 510;
  private static final long LINGER_SECONDS = 5;

  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final List<Integer> closed = new ArrayList<>();
  private final List<Integer> reset = new ArrayList<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Lingering lingering = new Lingering(Duration.ofSeconds(LINGER_SECONDS - 1));
  private boolean active = true;
  private boolean sendsAtOnce = true;
  private long packets;
  private long room = 1 << 20;
  private int questions;
  private int tooMany;
  private final QuicChannel connection = proxy(QuicChannel.class, this::connection);
  private final ResetStreams streams = new ResetStreams(connection, lingering, () -> tooMany++);

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object connection(Object self, Method method, Object[] arguments) {
    questions += method.getName().startsWith("collect") ? 1 : 0;
    return switch (method.getName()) {
      case "eventLoop" -> clock.eventLoop();
      case "isActive" -> active;
      case "collectStats" -> stats(QuicConnectionStats.class, packets);
      case "collectPathStats" -> stats(QuicConnectionPathStats.class, 1200);
      default -> throw new AssertionError(method.getName());
    };
  }

  private static Object stats(Class<?> type, long value) {
    Object all = proxy(type, (self, method, arguments) -> value);
    return ImmediateEventExecutor.INSTANCE.newSucceededFuture(all);
  }

  private QuicStreamChannel stream(int number) {
    return proxy(
        QuicStreamChannel.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "close" -> {
                closed.add(number);
                yield null;
              }
              case "shutdownOutput" -> {
                reset.add(number);
                ended.add(number);
                packets += sendsAtOnce ? 1 : 0;
                yield null;
              }
              case "isOutputShutdown" -> ended.contains(number);
              case "bytesBeforeUnwritable" -> room;
              case "updatePriority" -> null;
              default -> throw new AssertionError(method.getName());
            });
  }

  @BeforeEach
  void freeze() {
    clock.freezeTime();
  }

  private void pass(long millis) {
    clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    clock.runScheduledPendingTasks();
  }

  private void passSeconds(long seconds) {
    pass(TimeUnit.SECONDS.toMillis(seconds));
  }

  @Test
  void reset_whereThereIsRoomAndEachIsSentAtOnce_isDoneAtOnce() {
    streams.reset(stream(1), 7, true);
    streams.reset(stream(2), 7, true);
    assertEquals(List.of(1, 2), reset);
  }

  @Test
  void reset_whileOneHasNotGoneOut_waitsForIt() {
    sendsAtOnce = false;
    streams.reset(stream(1), 7, true);
    streams.reset(stream(2), 7, true);
    pass(20);
    assertEquals(List.of(1), reset);
    packets++;
    pass(5);
    assertEquals(List.of(1, 2), reset);
  }

  @Test
  void reset_withoutRoom_waitsHalfASecondAtMost() {
    room = 0;
    sendsAtOnce = false;
    for (int i = 0; i < 100; i++) {
      streams.reset(stream(i), 7, true);
    }
    questions = 0;
    for (int i = 0; i < 50; i++) {
      pass(5);
    }
    assertEquals(List.of(), reset);
    assertTrue(questions < 50 * 10, questions + " questions at the library, however many wait");
    for (int i = 0; i < HALF_A_SECOND / 5; i++) {
      pass(5);
    }
    assertEquals(100, reset.size());
  }

  @Test
  void reset_whereNothingWasWritten_neverWaits() {
    room = 0;
    streams.reset(stream(1), 7, false);
    assertEquals(List.of(1), reset);
  }

  @Test
  void reset_ofWhatHasEndedMeanwhile_isLeftAtThat() {
    room = 0;
    streams.reset(stream(1), 7, true);
    ended.add(1);
    room = 1 << 20;
    pass(5);
    assertEquals(List.of(), reset);
  }

  @Test
  void reset_whileTheConnectionEnds_isForgotten() {
    room = 0;
    streams.reset(stream(1), 7, true);
    active = false;
    passSeconds(1);
    assertEquals(List.of(), reset);
  }

  @Test
  void closeLater_fewStreams_keepsThemForALinger() {
    streams.closeLater(stream(1));
    passSeconds(1);
    streams.closeLater(stream(2));
    passSeconds(LINGER_SECONDS - 2);
    assertEquals(List.of(), closed);
    passSeconds(1);
    assertEquals(List.of(1), closed);
    passSeconds(1);
    assertEquals(List.of(1, 2), closed);
    assertEquals(0, tooMany);
  }

  @Test
  void closeLater_tooManyStreams_endsTheConnectionAndClosesNoneEarly() {
    for (int i = 0; i < ResetStreams.MAX_WAITING; i++) {
      streams.closeLater(stream(i));
    }
    assertEquals(0, tooMany);
    streams.closeLater(stream(0));
    assertEquals(1, tooMany);
    assertEquals(List.of(), closed);
  }

  @Test
  void closeLater_tooManyOfAllConnections_endsTheOneThatHasMost() {
    List<ResetStreams> others = new ArrayList<>();
    for (int i = 0; i < Lingering.MAX / ResetStreams.MAX_WAITING; i++) {
      int number = i;
      ResetStreams other = new ResetStreams(connection, lingering, () -> ended.add(number));
      others.add(other);
      // The third one has one more than each of the others.
      for (int j = 0; j < ResetStreams.MAX_WAITING - (i == 2 ? 0 : 1); j++) {
        other.closeLater(stream(j));
      }
    }
    for (int i = 0; i < others.size() - 1; i++) {
      streams.closeLater(stream(i));
    }
    assertEquals(Set.of(), ended);
    streams.closeLater(stream(1));
    assertEquals(Set.of(2), ended);
    assertEquals(0, tooMany);
    others.get(2).end();
    streams.closeLater(stream(1));
    assertEquals(Set.of(2), ended);
    assertEquals(0, tooMany);
  }

  @Test
  void end_streamsThatWait_leavesThemToTheConnection() {
    streams.closeLater(stream(1));
    streams.end();
    streams.closeLater(stream(2));
    passSeconds(LINGER_SECONDS + 1);
    assertEquals(List.of(), closed);
  }
}
