package org.docs4j.cli.live;

import java.time.Duration;
import java.util.Optional;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;

/** Takes the events of a document on the calling thread until the end is asked for. */
public final class LiveSession {
  private static final Duration TURN = Duration.ofSeconds(1);

  private LiveSession() {}

  /** Takes events, and hears when there was none for a while. */
  public interface Listener {
    /** Takes an event. */
    void onEvent(LiveEvent event);

    /** Some time passed without an event: at most a second. */
    default void onQuiet() {}
  }

  /** Takes events until the switch is on or the document was closed by somebody else. */
  public static void run(LiveEvents events, Listener listener, EndSwitch end) {
    end.onEnd(events::close);
    while (!end.isOn() && !events.isEnded()) {
      Optional<LiveEvent> event = events.poll(TURN);
      event.ifPresentOrElse(listener::onEvent, listener::onQuiet);
    }
  }

  /** Turns the switch on, and runs a task before that, once the time ran out; never without a time. */
  public static Cancellable limit(Optional<Duration> time, Environment environment, Runnable before, EndSwitch end) {
    return time.map(
            duration ->
                environment
                    .executor()
                    .schedule(
                        duration,
                        environment.executor().io(),
                        () -> {
                          before.run();
                          end.turnOn();
                        }))
        .orElse(() -> {});
  }
}
