package org.docs4j.engine.actor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.replica.ReplicaWriter;

/** What the open group holds unsigned, in the order of storing. Only the actor's thread touches it. */
final class IncompleteWrites {
  private static final System.Logger LOG = System.getLogger(IncompleteWrites.class.getName());

  private final Deque<Incomplete> writes = new ArrayDeque<>();

  private record Incomplete(
      Signing signing, ReplicaWriter.Unsigned place, NamespaceSecret namespace, Author author) {
    void help() {
      if (signing.takeNamespace()) {
        signing.addNamespace(namespace.sign(signing.entry().canonicalBytes()));
      }
    }

    SignedEntry signed() {
      return signing.signed().orElseGet(() -> signing.entry().sign(namespace, author));
    }
  }

  void add(Signing signing, ReplicaWriter.Unsigned place, NamespaceSecret namespace, Author author) {
    writes.add(new Incomplete(signing, place, namespace, author));
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** Makes signatures that nobody has begun; returns whether all are there. */
  @SuppressWarnings("CatchingUnchecked") // whoever needs the entry makes them once more, and is told if that fails
  boolean helpToSign() {
    boolean all = true;
    for (Incomplete write : writes) {
      try {
        write.help();
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "an entry could not be signed while there was nothing else to do", e);
      }
      all &= write.signing.signed().isPresent();
    }
    return all;
  }

  /** To be called when the group is undone. */
  void clear() {
    writes.clear();
  }

  /** Completes all, with signatures made here where they are not there yet, and tells of each. */
  void complete(Consumer<ReplicaEvent> told) {
    for (Incomplete next = writes.poll(); next != null; next = writes.poll()) {
      SignedEntry signed = next.signed();
      next.place.sign(signed.signature());
      told.accept(new ReplicaEvent.Local(signed.id().namespace(), signed));
    }
  }
}
