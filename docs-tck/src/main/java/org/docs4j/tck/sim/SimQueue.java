package org.docs4j.tck.sim;

import java.util.Optional;
import java.util.PriorityQueue;
import org.docs4j.api.spi.Cancellable;

/** What is still to happen in a simulation, by time and then by the order in which it was asked for. */
final class SimQueue {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long asked;

  Event add(long due, Runnable task) {
    Event event = new Event(due, asked++, task);
    events.add(event);
    return event;
  }

  /** Takes the next event out, if it is due by then. */
  Optional<Event> poll(long latest) {
    while (!events.isEmpty() && events.element().cancelled) {
      events.remove();
    }
    return events.isEmpty() || events.element().due > latest ? Optional.empty() : Optional.of(events.remove());
  }

  /** One thing that happens at one time. */
  static final class Event implements Comparable<Event>, Cancellable {
    private final long due;
    private final long number;
    private Runnable task;
    private boolean cancelled;

    private Event(long due, long number, Runnable task) {
      this.due = due;
      this.number = number;
      this.task = task;
    }

    long due() {
      return due;
    }

    void run() {
      task.run();
    }

    /** Lets go of the task at once, for the event itself stays in the queue until its time. */
    @Override
    public void cancel() {
      cancelled = true;
      task = () -> {};
    }

    @Override
    public int compareTo(Event other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
    }
  }
}
