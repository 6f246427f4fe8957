package org.docs4j.cli.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.cli.live.FirstSync;
import org.docs4j.cli.live.LiveSession;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.CommandFailedException;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.node.Tickets;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import org.docs4j.cli.output.Plain;
import org.docs4j.cli.output.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins a document until told to end, or until it was synced once. */
@Command(
    name = "join",
    description = "Join the document of a ticket and keep it in sync until quit, Ctrl-C or SIGTERM.",
    mixinStandardHelpOptions = true,
    footer = {"", "Lines on standard input are commands: set, get, ls, rm, share, watch, quit; DOC is left out."})
final class JoinCommand implements Runnable {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  @Parameters(index = "0", paramLabel = "TICKET", description = "The ticket.")
  private String text = "";

  @Option(names = "--until-synced", description = "End once the first sync and its content are complete.")
  private boolean untilSynced;

  @Option(names = "--timeout", paramLabel = "S", description = "With --until-synced: give up after so many seconds, exit code 3.")
  private @Nullable Double seconds;

  JoinCommand(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public void run() {
    DocTicket ticket = Tickets.parse(text);
    Optional<Duration> time = timeout();
    Output output = options.output(surroundings);
    Foreground foreground = new Foreground(surroundings, output);
    try (Docs docs = options.opener(surroundings, output).openReachable(true);
        Doc doc = docs.importCapability(ticket.capability());
        LiveEvents events = doc.subscribe()) {
      output.remark(Messages.node(docs.addr(), doc.id()));
      doc.startSync(ticket.peers());
      foreground.takeLines(docs, doc);
      if (untilSynced) {
        syncOnce(docs, doc, events, foreground, time);
      } else {
        LiveSession.run(events, foreground.printer()::print, foreground.end());
      }
    }
  }

  private Optional<Duration> timeout() {
    Double limit = seconds;
    if (limit == null) {
      return Optional.empty();
    }
    if (!untilSynced) {
      throw new BadInputException("--timeout goes with --until-synced");
    }
    if (!(limit > 0 && limit < 1e9)) {
      throw new BadInputException("--timeout takes a number of seconds above 0");
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil(limit * 1000)));
  }

  private void syncOnce(Docs docs, Doc doc, LiveEvents events, Foreground foreground, Optional<Duration> time) {
    Output output = options.output(surroundings);
    FirstSync first = new FirstSync(doc, docs.blobs());
    AtomicBoolean late = new AtomicBoolean();
    Cancellable limit =
        LiveSession.limit(time, surroundings.environment(), () -> late.set(true), foreground.end());
    try (Progress progress =
        new Progress("content", Progress.Unit.ENTRIES, output, surroundings.environment().ticker())) {
      LiveSession.run(events, new Follower(foreground, first, progress), foreground.end());
    } finally {
      limit.cancel();
    }
    if (first.isDone()) {
      docs.flush();
      output.print(Messages.synced(doc.id(), first.entries(), first.bytes()));
    } else if (late.get()) {
      throw new DocsTimeoutException("the time ran out " + whatWasMissing(first));
    } else {
      throw new CommandFailedException("ended " + whatWasMissing(first));
    }
  }

  private static String whatWasMissing(FirstSync first) {
    return first
        .missing()
        .map(count -> "before all content was here: " + Plain.count(count, "piece is", "pieces are") + " missing")
        .orElse("before a sync with any peer succeeded");
  }

  /** Prints events, and turns the switch on once everything is here. */
  private record Follower(Foreground foreground, FirstSync first, Progress progress) implements LiveSession.Listener {
    @Override
    public void onEvent(LiveEvent event) {
      foreground.printer().print(event);
      first.handle(event);
      first.missing().ifPresent(missing -> progress.onProgress(first.entries() - missing, first.entries()));
      if (first.isDone()) {
        foreground.end().turnOn();
      }
    }
  }
}
