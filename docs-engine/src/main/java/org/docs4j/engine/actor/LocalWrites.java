package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /**
   * Stamps and signs an entry before the actor sees it: on any thread, since signing is the larger part of a write.
   *
   * @return empty if the actor has to do it, or to refuse the entry
   */
  static Optional<SignedEntry> sign(
      Secrets secrets, Timestamp now, NamespaceId namespace, AuthorId author, Key key, Hash hash, long length) {
    if (isEmpty(hash, length) || key.size() > Key.MAX_BYTES) {
      return Optional.empty();
    }
    return secrets.sign(new Entry(new RecordIdentifier(namespace, author, key), new Record(length, hash, now)));
  }

  /**
   * Writes an entry.
   *
   * @param signed the same entry as {@link #sign} has made it; taken if it is newer than all that it has to replace and
   *     not older than the last local write, else stamped and signed anew
   */
  static LocalInsert insert(
      ActorContext context,
      NamespaceId namespace,
      AuthorId author,
      Key key,
      Hash hash,
      long length,
      Optional<SignedEntry> signed) {
    if (isEmpty(hash, length)) {
      throw new InvalidEntryException(ValidationFailure.EMPTY_CONTENT);
    }
    RecordIdentifier id = identifier(namespace, author, key);
    Timestamp now = signed
        .map(entry -> entry.record().timestamp())
        .filter(made -> !context.lastWrite().isAfter(made))
        .orElseGet(context::now);
    return write(context, id, new Record(length, hash, stamp(context, id, false, now)), signed);
  }

  private static boolean isEmpty(Hash hash, long length) {
    return length == 0 || hash.equals(Hash.EMPTY);
  }

  static LocalInsert delete(ActorContext context, NamespaceId namespace, AuthorId author, Key prefix) {
    RecordIdentifier id = identifier(namespace, author, prefix);
    Timestamp stamp = stamp(context, id, true, context.now());
    return write(context, id, Record.tombstone(stamp), Optional.empty());
  }

  private static RecordIdentifier identifier(NamespaceId namespace, AuthorId author, Key key) {
    if (key.size() > Key.MAX_BYTES) {
      throw new InvalidEntryException(ValidationFailure.KEY_TOO_LONG);
    }
    return new RecordIdentifier(namespace, author, key);
  }

  /** Now, or just after everything that the write has to replace: no edit is lost to a slow clock. */
  private static Timestamp stamp(ActorContext context, RecordIdentifier id, boolean deletion, Timestamp now) {
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

  private static LocalInsert write(
      ActorContext context, RecordIdentifier id, Record record, Optional<SignedEntry> signed) {
    if (!(context.capability(id.namespace()) instanceof Capability.Write write)) {
      throw new ReadOnlyReplicaException(
          "the document " + id.namespace().shortText() + " is held with the right to read only");
    }
    Author author = context.author(id.author());
    boolean hidesItself =
        record.isEmpty() && context.reader().get(id).filter(entry -> !entry.entry().isEmpty()).isPresent();
    SignedEntry entry = signed
        .filter(made -> made.record().timestamp().equals(record.timestamp()))
        .orElseGet(() -> new Entry(id, record).sign(write.secret(), author));
    Removals removals = new Removals();
    if (hidesItself) {
      removals.add(id.key());
    }
    InsertOutcome outcome = context.writer().put(entry, removed -> removals.add(removed));
    if (!(outcome instanceof InsertOutcome.Inserted)) {
      throw new InvalidEntryException(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    context.noteWrite(record.timestamp());
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
