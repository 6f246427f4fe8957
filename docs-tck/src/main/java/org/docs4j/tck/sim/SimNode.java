package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.SplittableRandom;
import org.docs4j.api.spi.Environment;

/** What a simulation keeps of a node through all its lives. */
final class SimNode {
  private final SimEnvironment sim;
  private final String name;
  private final SplittableRandom random;
  private Duration skew = Duration.ZERO;
  private SimExecutor executor;
  private Environment environment;

  SimNode(SimEnvironment sim, String name) {
    this.sim = sim;
    this.name = name;
    this.random = new SplittableRandom(new SplittableRandom(sim.seed()).nextLong() ^ mixed(name));
    this.executor = new SimExecutor(sim, name);
    this.environment = environmentOf(executor);
  }

  Environment environment() {
    if (executor.isClosed()) {
      executor = new SimExecutor(sim, name);
      environment = environmentOf(executor);
    }
    return environment;
  }

  private Environment environmentOf(SimExecutor life) {
    return new Environment(life, sim.clock(), sim.clock().wall(() -> skew), random);
  }

  void skew(Duration ahead) {
    skew = ahead;
  }

  void crash() {
    executor.crash();
  }

  /** FNV-1a with 64 bits, so that similar names draw unrelated numbers. */
  private static long mixed(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
