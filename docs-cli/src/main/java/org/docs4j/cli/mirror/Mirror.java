package org.docs4j.cli.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.spi.Environment;
import org.docs4j.cli.live.EndSwitch;
import org.docs4j.cli.live.LiveSession;
import org.docs4j.cli.output.Message;
import org.docs4j.cli.output.Output;
import org.docs4j.cli.output.Plain;
import org.docs4j.cli.output.Progress;
import org.jspecify.annotations.Nullable;

/** Keeps a folder equal to a document: the driver of {@link MirrorState}, on the thread that calls {@link #run}. */
public final class Mirror implements Done {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 4;
  private static final int MOST_NOTES = 4096;
  private static final int READ_SHARE = 10;
  private static final int MOST_WARNINGS = 10_000;

  private final Doc doc;
  private final Environment environment;
  private final Output output;
  private final SafeFolder folder;
  private final Inbox inbox = new Inbox();
  private final MirrorState state;
  private final MirrorLog log;
  private final MirrorWorker worker;
  private final Workers workers;
  private final FolderEyes eyes;
  private final Consumer<LiveEvent> listener;
  private final Set<String> warned = new HashSet<>();
  private boolean waitForPeer;
  private boolean started;
  private boolean documentChanged;
  private boolean idle;
  private long lastRetry;
  private long lastRead;
  private Duration readTook = Duration.ZERO;
  private Tally tally = Tally.NONE;
  private @Nullable Progress progress;

  /**
   * A mirror that knows what was agreed on in earlier runs.
   *
   * @param root the folder, by its real path
   * @param memory the file that remembers what was agreed on
   * @param joining whether the document came from others, so that in the very first run their files are heard of before
   *     any of this folder is sent
   * @param listener hears the events of the document
   */
  public Mirror(
      Docs docs,
      Doc doc,
      Path root,
      Path memory,
      boolean joining,
      Environment environment,
      Output output,
      Consumer<LiveEvent> listener) {
    this.doc = doc;
    this.environment = environment;
    this.output = output;
    this.listener = listener;
    this.folder = new SafeFolder(root, environment.random());
    Map<String, Agreed> agreed = MirrorLog.read(memory);
    this.waitForPeer = joining && agreed.isEmpty();
    this.log = MirrorLog.open(memory, agreed);
    boolean writable = doc.access() == Capability.Kind.WRITE;
    this.state = new MirrorState(writable, agreed);
    this.worker =
        new MirrorWorker(
            doc, writable, new Contents(docs.blobs()), folder, log, environment.executor().io(), this);
    this.workers = new Workers(THREADS, environment.executor().io(), worker::perform);
    this.eyes = new FolderEyes(folder, environment.ticker(), this::refuse);
  }

  /**
   * Mirrors until the end is asked for, then lets what is under way finish.
   *
   * @throws org.docs4j.cli.node.CommandFailedException if the folder goes away
   */
  public void run(LiveEvents events, EndSwitch end) {
    output.print(MirrorMessages.started(folder.root(), doc.id()));
    end.onEnd(() -> inbox.put(new Inbox.End()));
    environment
        .executor()
        .io()
        .execute(() -> LiveSession.run(events, event -> inbox.put(new Inbox.Happened(event)), end));
    try {
      eyes.cleanUp();
      eyes.start(environment.executor().io(), path -> inbox.put(new Inbox.Touched(path)));
      if (!waitForPeer) {
        start();
      }
      while (!end.isOn()) {
        turn();
      }
    } finally {
      inbox.close();
      workers.close(PATIENCE, environment.ticker());
      worker.finish(PATIENCE);
      eyes.close();
      closeProgress();
      log.close();
    }
  }

  private void start() {
    started = true;
    read();
    eyes.lookThrough(this::handle);
  }

  private void read() {
    documentChanged = false;
    long began = environment.ticker().nanos();
    handle(Snapshot.read(doc, folder.root().getFileSystem(), this::refuse));
    lastRead = environment.ticker().nanos();
    readTook = environment.ticker().since(began);
  }

  private void turn() {
    Duration patience = started ? eyes.patience() : RETRY;
    Optional<Inbox.Note> note = inbox.poll(patience.compareTo(RETRY) < 0 ? patience : RETRY);
    for (int heard = 0; note.isPresent() && heard < MOST_NOTES; heard++) {
      hear(note.get());
      note = inbox.poll(Duration.ZERO);
    }
    note.ifPresent(this::hear);
    if (!started) {
      return;
    }
    // Peers can make many such changes: reading everything anew may take up a tenth of the time.
    if (documentChanged && environment.ticker().since(lastRead).compareTo(readTook.multipliedBy(READ_SHARE)) >= 0) {
      read();
    }
    eyes.look(this::handle);
    if (environment.ticker().since(lastRetry).compareTo(RETRY) >= 0) {
      lastRetry = environment.ticker().nanos();
      handle(new Input.Retry());
    }
    report();
  }

  private void hear(Inbox.Note note) {
    if (note instanceof Inbox.ForCore core) {
      handle(core.input());
    } else if (note instanceof Inbox.Touched touched) {
      eyes.touch(touched.path());
    } else if (note instanceof Inbox.Happened happened) {
      hear(happened.event());
    }
  }

  private void hear(LiveEvent event) {
    listener.accept(event);
    if (event instanceof LiveEvent.InsertLocal insert) {
      hear(insert.entry());
    } else if (event instanceof LiveEvent.InsertRemote insert) {
      hear(insert.entry());
    } else if (event instanceof LiveEvent.ContentReady ready) {
      handle(new Input.ContentReady(ready.hash()));
    } else if (event instanceof LiveEvent.Lagged) {
      documentChanged = true;
    } else if (event instanceof LiveEvent.SyncFinished finished && waitForPeer && finished.report().succeeded()) {
      waitForPeer = false;
      start();
    }
  }

  private void hear(Entry entry) {
    KeyMeaning meaning = MirrorKeys.meaning(entry.id().key(), folder.root().getFileSystem());
    if (meaning instanceof KeyMeaning.File file) {
      handle(new Input.Entry(file.path(), Version.of(entry)));
    } else if (entry.isEmpty()) {
      // A deletion of several keys at once: what it left is read anew.
      documentChanged = true;
    } else if (meaning instanceof KeyMeaning.Refused refused) {
      refuse(Plain.key(entry.id().key()), refused.reason());
    }
  }

  private void handle(Input input) {
    if (started) {
      state.handle(input, workers::add);
    }
  }

  @Override
  public void done(String path, Outcome outcome) {
    inbox.put(new Inbox.ForCore(new Input.Done(path, outcome)));
  }

  @Override
  public void tell(Deed deed) {
    if (deed instanceof Deed.Refused refused) {
      refuse(refused.path(), refused.reason());
      return;
    }
    synchronized (warned) {
      tally = tally.plus(deed);
    }
    if (deed instanceof Deed.Conflict || output.isJson()) {
      output.print(MirrorMessages.of(deed));
    }
  }

  /** Warns once of each file and reason, and people of links only once. */
  private void refuse(String path, String reason) {
    boolean link = reason.equals(Walk.LINK);
    boolean first;
    synchronized (warned) {
      if (warned.size() >= MOST_WARNINGS || !warned.add(path + "\0" + reason)) {
        return;
      }
      first = !link || warned.add(reason);
    }
    Message message = MirrorMessages.of(new Deed.Refused(path, reason));
    if (output.isJson()) {
      output.print(message);
    }
    if (first) {
      output.warn(message.text() + (link ? "; others are left out without a word" : ""));
    }
  }

  /** Shows how far it is, and says once when both sides are equal. */
  private void report() {
    boolean now = state.isIdle() && !documentChanged && inbox.isEmpty() && !eyes.isCurious();
    Tally sofar;
    synchronized (warned) {
      sofar = tally;
    }
    if (!now) {
      showProgress(sofar.total());
    }
    if (now && (!idle || sofar.total() > 0)) {
      closeProgress();
      output.print(MirrorMessages.idle(state.files(), state.bytes(), sofar));
      synchronized (warned) {
        tally = Tally.NONE;
      }
    }
    idle = now;
  }

  private void showProgress(long done) {
    Progress shown = progress;
    if (shown == null) {
      shown = new Progress("mirroring", Progress.Unit.FILES, output, environment.ticker());
      progress = shown;
    }
    shown.onProgress(done, done + state.open());
  }

  private void closeProgress() {
    Progress shown = progress;
    progress = null;
    if (shown != null) {
      shown.close();
    }
  }
}
