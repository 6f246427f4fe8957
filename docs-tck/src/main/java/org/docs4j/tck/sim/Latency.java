package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;

/** How long something takes from one endpoint to another; asked for each thing sent. */
@FunctionalInterface
public interface Latency {
  /**
   * The time that one thing takes, from zero.
   *
   * @param from who sends it
   * @param to who is to receive it
   * @param random the random numbers of the network
   */
  Duration next(EndpointId from, EndpointId to, RandomGenerator random);

  /** Always the same time. */
  static Latency fixed(Duration time) {
    return (from, to, random) -> time;
  }

  /**
   * Any time in a range; what is sent on different streams overtakes each other, as lost packets make it.
   *
   * @param least the shortest time
   * @param most the longest time, more than the shortest
   */
  static Latency between(Duration least, Duration most) {
    return (from, to, random) -> Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos()));
  }
}
