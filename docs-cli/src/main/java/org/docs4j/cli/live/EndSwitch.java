package org.docs4j.cli.live;

import java.util.ArrayList;
import java.util.List;

/** Turned on once, when work in the foreground is to end. Safe to use from any thread. */
public final class EndSwitch {
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean on;

  /** Asks for the end. Idempotent; the listeners run on the calling thread. */
  public void turnOn() {
    List<Runnable> told;
    synchronized (this) {
      on = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  /** Whether the end was asked for. */
  public synchronized boolean isOn() {
    return on;
  }

  /** Runs a task when the end is asked for; at once if it was already. */
  public void onEnd(Runnable task) {
    synchronized (this) {
      if (!on) {
        listeners.add(task);
        return;
      }
    }
    task.run();
  }
}
