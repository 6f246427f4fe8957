package org.docs4j.cli.output;

import java.util.Locale;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;

/** What happens to a live document, in both forms. Pure functions. */
public final class EventMessages {
  private EventMessages() {}

  /** An event of a document. */
  public static Message of(LiveEvent event) {
    if (event instanceof LiveEvent.InsertLocal insert) {
      return new Message(Messages.put(Json.event("insert-local"), insert.entry()), "here: " + describe(insert.entry()));
    }
    if (event instanceof LiveEvent.InsertRemote insert) {
      return new Message(
          Messages.put(Json.event("insert-remote"), insert.entry())
              .put("from", insert.from().toString())
              .put("contentStatus", insert.contentStatus().name().toLowerCase(Locale.ROOT)),
          "from " + insert.from().shortText() + ": " + describe(insert.entry()));
    }
    if (event instanceof LiveEvent.ContentReady ready) {
      return new Message(
          Json.event("content-ready").put("hash", ready.hash().toString()),
          "content " + ready.hash().shortText() + " is here");
    }
    if (event instanceof LiveEvent.PendingContentReady) {
      return new Message(Json.event("pending-content-ready"), "no content is on its way any more");
    }
    if (event instanceof LiveEvent.NeighborUp up) {
      return neighbor("neighbor-up", up.peer(), "is a neighbour now");
    }
    if (event instanceof LiveEvent.NeighborDown down) {
      return neighbor("neighbor-down", down.peer(), "is no longer a neighbour");
    }
    if (event instanceof LiveEvent.SyncFinished finished) {
      return finished(finished.report());
    }
    long missed = ((LiveEvent.Lagged) event).missed();
    return new Message(
        Json.event("lagged").put("missed", missed), Plain.count(missed, "event", "events") + " came too fast to be shown");
  }

  private static Message neighbor(String kind, EndpointId peer, String sentence) {
    return new Message(Json.event(kind).put("peer", peer.toString()), peer.shortText() + " " + sentence);
  }

  private static Message finished(SyncReport report) {
    Json json =
        Json.event("sync-finished")
            .put("peer", report.peer().toString())
            .put("origin", report.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("succeeded", report.succeeded());
    report.failure().ifPresent(sentence -> json.put("failure", sentence));
    json.put("sent", report.sent())
        .put("received", report.received())
        .put("rejected", report.rejected())
        .putUnsigned("started", report.started().micros())
        .put("durationMicros", report.duration().toNanos() / 1000);
    String peer = report.peer().shortText();
    String text =
        report
            .failure()
            .map(sentence -> "sync with " + peer + " failed: " + Plain.line(sentence))
            .orElseGet(
                () ->
                    "synced with " + peer + ": " + report.sent() + " sent, " + report.received() + " received"
                        + (report.rejected() > 0 ? ", " + report.rejected() + " refused" : ""));
    return new Message(json, text);
  }

  private static String describe(Entry entry) {
    return Plain.key(entry.id().key()) + "  "
        + (entry.isEmpty() ? "deleted" : Plain.bytes(entry.record().length()))
        + "  by " + entry.id().author().shortText();
  }
}
