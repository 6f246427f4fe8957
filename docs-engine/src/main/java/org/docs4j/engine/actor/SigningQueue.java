package org.docs4j.engine.actor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.SignedEntry;

/**
 * What applications ask of the sync actor, in the order in which they ask, with the entries that they write signed on the
 * way: many that come at once are signed together, on the computing pool, for less than one after the other. Whatever is
 * asked meanwhile waits behind them. Safe to use from any thread.
 */
final class SigningQueue {
  private static final System.Logger LOG = System.getLogger(SigningQueue.class.getName());

  /** Two signatures each: as many as are made side by side at most, see {@link Entry#signAll}. */
  private static final int MAX_BATCH = 64;

  /** A second processor joins in if it gets so many. */
  private static final int LEAST_FOR_ANOTHER = 24;

  /** The same where signatures are made natively, one after the other: then small batches keep all processors busy. */
  private static final int MAX_BATCH_QUICK = 16;

  private static final int LEAST_FOR_ANOTHER_QUICK = 2;

  private static final int SIGNERS = Runtime.getRuntime().availableProcessors();

  /** After so many entries a native way to sign is looked for, which costs about as much as signing them did while the JVM was cold. */
  static final int MANY = 500;

  private final SyncActor actor;
  private final Secrets secrets;
  private final Executor compute;
  private final Executor io;
  private final BooleanSupplier search;
  private final Object lock = new Object();

  /** What was not handed to the actor yet. */
  private final Deque<Step> waiting = new ArrayDeque<>();

  /** The part of it that nobody signs yet. */
  private final Deque<Batch> unsigned = new ArrayDeque<>();

  private int written;
  private int signers;
  private boolean callerSigns;
  private boolean quick;
  private boolean closed;

  /**
   * Nothing waits.
   *
   * @param search looks for a native way to sign, and says whether there is one; called once, on {@code io}
   */
  SigningQueue(SyncActor actor, Secrets secrets, Executor compute, Executor io, BooleanSupplier search) {
    this.actor = actor;
    this.secrets = secrets;
    this.compute = compute;
    this.io = io;
    this.search = search;
  }

  /** An entry to be written, and who waits for that. */
  private record Write(Entry entry, CompletableFuture<LocalInsert> answer) {}

  /** Something to be handed over as a whole. */
  private abstract static class Step {
    private boolean ready;

    abstract void handOver();
  }

  private static final class Other<R> extends Step {
    private final Action<R> action;
    private final SyncActor actor;
    private final CompletableFuture<R> answer = new CompletableFuture<>();

    Other(Action<R> action, SyncActor actor) {
      this.action = action;
      this.actor = actor;
    }

    @Override
    void handOver() {
      Stages.pass(actor.submit(action), answer);
    }
  }

  private final class Batch extends Step {
    private final List<Write> writes = new ArrayList<>();
    private List<Optional<SignedEntry>> signed = List.of();

    @Override
    void handOver() {
      for (int i = 0; i < writes.size(); i++) {
        Write write = writes.get(i);
        Optional<SignedEntry> made = i < signed.size() ? signed.get(i) : Optional.empty();
        Stages.pass(actor.submit(new EntryAction.InsertLocal(Signing.ended(write.entry, made))), write.answer);
      }
    }
  }

  /** Asks the actor for anything but the write of an entry. */
  <R> CompletableFuture<R> submit(Action<R> action) {
    synchronized (lock) {
      if (closed) {
        return refused();
      }
      if (waiting.isEmpty()) {
        return actor.submit(action);
      }
      Other<R> step = new Other<>(action, actor);
      ((Step) step).ready = true;
      waiting.add(step);
      return step.answer;
    }
  }

  /**
   * Writes an entry for a caller that waits: it signs by itself, while the actor stores, unless others write as well. Natively,
   * the actor makes that of the namespace if it comes to it first.
   */
  CompletableFuture<LocalInsert> writeNow(Entry entry) {
    boolean shared;
    Signing signing;
    CompletableFuture<LocalInsert> answer;
    synchronized (lock) {
      count();
      if (closed || callerSigns || !waiting.isEmpty()) {
        return enqueue(entry);
      }
      shared = quick; // Otherwise two signatures together cost less than one after the other.
      signing = shared ? Signing.beginShared(entry) : Signing.begin(entry);
      answer = actor.submit(new EntryAction.InsertLocal(signing));
      callerSigns = true;
    }
    try {
      sign(signing, shared);
      return answer;
    } finally {
      synchronized (lock) {
        callerSigns = false;
      }
    }
  }

  /** Signs what the actor stores meanwhile, which it can sign by itself if that fails. */
  @SuppressWarnings({
    "CatchingUnchecked", // the entry is on its way: whoever writes it is told what becomes of it, not of this
    "FutureReturnValueIgnored" // if it fails, the loss is told to the application and to a session, see Asker
  })
  private void sign(Signing signing, boolean shared) {
    boolean stored;
    try {
      stored = shared ? secrets.sign(signing) : signing.end(secrets.signAll(List.of(signing.entry())).get(0));
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "an entry could not be signed by who writes it; the sync actor does it", e);
      stored = signing.end(Optional.empty());
    }
    if (stored) {
      actor.submit(new StoreAction.TakeSignatures());
    }
  }

  /** Writes an entry for a caller that goes on at once. */
  CompletableFuture<LocalInsert> write(Entry entry) {
    synchronized (lock) {
      count();
      return enqueue(entry);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // the entry that is written has nothing to do with it
  private void count() {
    if (!closed && written < MANY && ++written == MANY) {
      try {
        io.execute(this::findQuicker);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "no thread looks for a native way to sign; the portable one goes on", e);
      }
    }
  }

  private void findQuicker() {
    boolean found = search.getAsBoolean();
    synchronized (lock) {
      quick = found;
    }
  }

  private static <R> CompletableFuture<R> refused() {
    return CompletableFuture.failedFuture(new ReplicaClosedException("the node is closed"));
  }

  private CompletableFuture<LocalInsert> enqueue(Entry entry) {
    if (closed) {
      return refused();
    }
    Batch last = unsigned.peekLast();
    if (last == null || last != waiting.peekLast() || last.writes.size() >= (quick ? MAX_BATCH_QUICK : MAX_BATCH)) {
      last = new Batch();
      waiting.add(last);
      unsigned.add(last);
    }
    Write write = new Write(entry, new CompletableFuture<>());
    last.writes.add(write);
    engageSigners();
    return write.answer;
  }

  /** Has the next batches signed, as soon as it is worth a thread; a batch grows until that thread takes it. */
  private void engageSigners() {
    int least = quick ? LEAST_FOR_ANOTHER_QUICK : LEAST_FOR_ANOTHER;
    while (signers < unsigned.size()
        && (signers == 0 || (signers < SIGNERS && unsigned.peekLast().writes.size() >= least))) {
      signers++;
      try {
        compute.execute(this::signNext);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "no thread signs for the sync actor, which does it by itself", e);
        signers--;
        unsigned.forEach(batch -> ((Step) batch).ready = true);
        unsigned.clear();
        handOverReady();
      }
    }
  }

  private void handOverReady() {
    while (!waiting.isEmpty() && waiting.peek().ready) {
      waiting.remove().handOver();
    }
  }

  private void signNext() {
    Batch batch;
    synchronized (lock) {
      batch = unsigned.poll();
    }
    List<Optional<SignedEntry>> signed = List.of();
    try {
      if (batch != null) {
        signed = secrets.signAll(batch.writes.stream().map(Write::entry).toList());
      }
    } finally {
      synchronized (lock) {
        signers--;
        if (batch != null) {
          batch.signed = signed;
          ((Step) batch).ready = true;
        }
        handOverReady();
        engageSigners();
      }
    }
  }

  /** Hands everything over at once, signed or not: the actor signs what is not. Whatever is asked from now on is refused. */
  void close() {
    synchronized (lock) {
      closed = true;
      unsigned.clear();
      while (!waiting.isEmpty()) {
        waiting.remove().handOver();
      }
    }
  }
}
