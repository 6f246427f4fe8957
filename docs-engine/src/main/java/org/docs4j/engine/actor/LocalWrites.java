package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;

/** Writes of this node's own authors. */
final class LocalWrites {
  private LocalWrites() {}

  static LocalInsert insert(
      ActorContext context, NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    if (length == 0 || hash.equals(Hash.EMPTY)) {
      throw new InvalidEntryException(ValidationFailure.EMPTY_CONTENT);
    }
    RecordIdentifier id = identifier(namespace, author, key);
    return write(context, id, new Record(length, hash, stamp(context, id, false)));
  }

  static LocalInsert delete(ActorContext context, NamespaceId namespace, AuthorId author, Key prefix) {
    RecordIdentifier id = identifier(namespace, author, prefix);
    return write(context, id, Record.tombstone(stamp(context, id, true)));
  }

  private static RecordIdentifier identifier(NamespaceId namespace, AuthorId author, Key key) {
    if (key.size() > Key.MAX_BYTES) {
      throw new InvalidEntryException(ValidationFailure.KEY_TOO_LONG);
    }
    return new RecordIdentifier(namespace, author, key);
  }

  /** Now, or just after everything that the write has to replace: no edit is lost to a slow clock. */
  private static Timestamp stamp(ActorContext context, RecordIdentifier id, boolean deletion) {
    Timestamp now = context.now();
    Timestamp earliest =
        context.reader().newestAround(id, deletion).map(Timestamp::next).orElse(Timestamp.EPOCH);
    if (!earliest.isAfter(now)) {
      return now;
    }
    if (earliest.isAfter(Validation.futureBound(now))) {
      throw new InvalidEntryException(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    return earliest;
  }

  private static LocalInsert write(ActorContext context, RecordIdentifier id, Record record) {
    if (!(context.capability(id.namespace()) instanceof Capability.Write write)) {
      throw new ReadOnlyReplicaException(
          "the document " + id.namespace().shortText() + " is held with the right to read only");
    }
    Author author = context.author(id.author());
    boolean hidesItself =
        record.isEmpty() && context.reader().get(id).filter(entry -> !entry.entry().isEmpty()).isPresent();
    SignedEntry entry = new Entry(id, record).sign(write.secret(), author);
    Removals removals = new Removals();
    if (hidesItself) {
      removals.add(id.key());
    }
    InsertOutcome outcome = context.writer().put(entry, removed -> removals.add(removed));
    if (!(outcome instanceof InsertOutcome.Inserted)) {
      throw new InvalidEntryException(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    context.emit(new ReplicaEvent.Local(id.namespace(), entry));
    return new LocalInsert(entry.entry(), removals.count, removals.keys);
  }

  /** Counts what had content, and names the first of it. */
  private static final class Removals {
    private final List<Key> keys = new ArrayList<>();
    private long count;

    void add(SignedEntry removed) {
      if (!removed.entry().isEmpty()) {
        add(removed.id().key());
      }
    }

    void add(Key key) {
      count++;
      if (keys.size() < LocalInsert.MAX_KEYS) {
        keys.add(key);
      }
    }
  }
}
