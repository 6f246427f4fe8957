package org.docs4j.cli.command;

import org.docs4j.api.LiveEvent;
import org.docs4j.api.model.Key;
import org.docs4j.cli.output.EventMessages;
import org.docs4j.cli.output.Output;

/** Prints the events of a document, all of them or those at some keys. Safe to use from any thread. */
final class EventPrinter {
  private final Output output;
  private volatile boolean on = true;
  private volatile boolean entries = true;
  private volatile Key prefix = Key.EMPTY;

  EventPrinter(Output output) {
    this.output = output;
  }

  /** Prints from now on only entries at keys that begin with a prefix, beside events that concern no entry. */
  void watch(Key wanted) {
    prefix = wanted;
    entries = true;
    on = true;
  }

  /** Prints from now on only what happens between this node and its peers, no entries and no content. */
  void watchPeers() {
    entries = false;
  }

  /** Prints nothing from now on. */
  void silence() {
    on = false;
  }

  void print(LiveEvent event) {
    if (on && isWanted(event)) {
      output.print(EventMessages.of(event));
    }
  }

  private boolean isWanted(LiveEvent event) {
    if (!entries) {
      return event instanceof LiveEvent.SyncFinished
          || event instanceof LiveEvent.NeighborUp
          || event instanceof LiveEvent.NeighborDown;
    }
    if (event instanceof LiveEvent.InsertLocal insert) {
      return insert.entry().id().key().startsWith(prefix);
    }
    return !(event instanceof LiveEvent.InsertRemote insert) || insert.entry().id().key().startsWith(prefix);
  }
}
