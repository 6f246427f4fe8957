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
  private final Deque<Incomplete> writes = new ArrayDeque<>();

  private record Incomplete(
      Signing signing, ReplicaWriter.Unsigned place, NamespaceSecret namespace, Author author) {
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
