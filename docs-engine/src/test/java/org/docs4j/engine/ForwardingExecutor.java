package org.docs4j.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.docs4j.api.spi.ActorExecutor;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;

/** The executor of another environment, of which a test replaces a part. */
public abstract class ForwardingExecutor implements ActorExecutor {
  private final Environment others;

  /** Forwards to the executor of an environment. */
  protected ForwardingExecutor(Environment others) {
    this.others = others;
  }

  /** The environment with this executor instead of its own. */
  public final Environment environment() {
    return new Environment(this, others.ticker(), others.clock(), others.random());
  }

  @Override
  public SerialExecutor serial(String name) {
    return others.executor().serial(name);
  }

  @Override
  public Executor compute() {
    return others.executor().compute();
  }

  @Override
  public Executor io() {
    return others.executor().io();
  }

  @Override
  public Cancellable schedule(Duration delay, Executor target, Runnable task) {
    return others.executor().schedule(delay, target, task);
  }

  @Override
  public void close() {
    others.executor().close();
  }
}
