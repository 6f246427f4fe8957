package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.docs4j.engine.replica.NewestAround;
import org.jspecify.annotations.Nullable;

/** The write of an author of this node, in slices if it removes very many entries. */
final class LocalWrite implements Work<LocalInsert>, Consumer<SignedEntry> {
  private final ActorContext context;
  private final RecordIdentifier id;
  private final Signing signing;
  private final Timestamp now;
  private final List<Key> removedKeys = new ArrayList<>();
  private long removed;
  private Optional<NewestBelow> below = Optional.empty();
  private NewestAround around = NewestAround.NONE;
  private @Nullable Entry entry;
  private @Nullable SignedEntry signed;

  private LocalWrite(ActorContext context, Signing signing, Timestamp now) {
    this.context = context;
    this.id = signing.entry().id();
    this.signing = signing;
    this.now = now;
  }

  /** Whether the actor does not refuse an entry whoever writes it. */
  static boolean isWritable(Entry entry) {
    return !isEmpty(entry.record().hash(), entry.record().length()) && entry.id().key().size() <= Key.MAX_BYTES;
  }

  /**
   * Writes an entry.
   *
   * @param signing the signatures of the same entry; taken if it is newer than all that it has to replace and not older
   *     than the last local write, else it is stamped and signed anew
   */
  static Work<LocalInsert> insert(ActorContext context, Signing signing) {
    Entry entry = signing.entry();
    if (isEmpty(entry.record().hash(), entry.record().length())) {
      throw new InvalidEntryException(ValidationFailure.EMPTY_CONTENT);
    }
    check(context, entry.id());
    return new LocalWrite(
        context,
        signing,
        signing.isUnderWay() || signing.signed().isPresent() ? time(context, entry.record().timestamp()) : context.now());
  }

  /**
   * The time of a write that was signed for a time: this one, or just after the last local write if that is later. The
   * present would be later than all that is signed and waits, which would have to be signed anew, again and again for as long
   * as something waits.
   */
  private static Timestamp time(ActorContext context, Timestamp made) {
    Timestamp last = context.lastWrite();
    if (!last.isAfter(made)) {
      return made;
    }
    Timestamp now = context.now();
    return last.isAfter(now) ? now : last.next();
  }

  private static boolean isEmpty(Hash hash, long length) {
    return length == 0 || hash.equals(Hash.EMPTY);
  }

  /** Writes a tombstone at a prefix. */
  static Work<LocalInsert> delete(ActorContext context, RecordIdentifier id) {
    check(context, id);
    Timestamp now = context.now();
    Entry tombstone = new Entry(id, new Record(0, Hash.EMPTY, now));
    LocalWrite write = new LocalWrite(context, Signing.ended(tombstone, Optional.empty()), now);
    // An author's entries are never newer than its head, so mostly there is nothing to look for.
    write.below =
        context
            .reader()
            .head(id.namespace(), id.author())
            .filter(head -> !now.isAfter(head))
            .map(head -> new NewestBelow(id));
    return write;
  }

  private static void check(ActorContext context, RecordIdentifier id) {
    context.replica(id.namespace());
    if (id.key().size() > Key.MAX_BYTES) {
      throw new InvalidEntryException(ValidationFailure.KEY_TOO_LONG);
    }
  }

  @Override
  public boolean advance(Slice slice) {
    Entry made = entry;
    if (made == null) {
      if (below.isPresent() && !below.get().look(context.reader().range(id.namespace()), slice)) {
        return false;
      }
      if (!context.isNewest(id.namespace(), now)) {
        around = context.reader().newestAround(id, around, slice);
        if (around.paused().isPresent()) {
          return false;
        }
      }
      Record asked = signing.entry().record();
      made = new Entry(id, new Record(asked.length(), asked.hash(), stamp()));
      entry = made;
      if (store(made)) {
        return true;
      }
    }
    Optional<InsertOutcome> outcome = context.put(Objects.requireNonNull(signed), this, slice);
    if (outcome.isEmpty()) {
      return false;
    }
    if (!(outcome.get() instanceof InsertOutcome.Inserted)) {
      throw new InvalidEntryException(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    context.noteWrite(made.record().timestamp());
    context.emit(new ReplicaEvent.Local(id.namespace(), Objects.requireNonNull(signed)));
    return true;
  }

  /** Now, or just after everything that the write has to replace: no edit is lost to a slow clock. */
  private Timestamp stamp() {
    Timestamp earliest = around.newest().map(Timestamp::next).orElse(Timestamp.EPOCH);
    if (below.isPresent() && !earliest.isAfter(below.get().newest())) {
      earliest = below.get().newest().next();
    }
    if (!earliest.isAfter(now)) {
      return now;
    }
    if (earliest.isAfter(Validation.futureBound(now))) {
      throw new InvalidEntryException(ValidationFailure.TOO_FAR_IN_FUTURE);
    }
    return earliest;
  }

  /** Stores the entry if it is still being signed; else sees to it that it is signed. Returns whether it is stored. */
  private boolean store(Entry made) {
    if (!(context.capability(id.namespace()) instanceof Capability.Write write)) {
      throw new ReadOnlyReplicaException(
          "the document " + id.namespace().shortText() + " is held with the right to read only");
    }
    Author author = context.author(id.author());
    if (made.isEmpty() && context.reader().get(id).filter(there -> !there.entry().isEmpty()).isPresent()) {
      count(id.key());
    }
    boolean same = made.equals(signing.entry());
    if (same && signing.isUnderWay() && context.putUnsigned(signing, write.secret(), author)) {
      context.noteWrite(made.record().timestamp());
      return true;
    }
    signed = signing.signed().filter(entry -> same).orElseGet(() -> made.sign(write.secret(), author));
    return false;
  }

  /** Counts an entry that the write has removed, if it had content. */
  @Override
  public void accept(SignedEntry older) {
    if (!older.entry().isEmpty()) {
      count(older.id().key());
    }
  }

  private void count(Key key) {
    removed++;
    if (removedKeys.size() < LocalInsert.MAX_KEYS) {
      removedKeys.add(key);
    }
  }

  @Override
  public LocalInsert result() {
    return new LocalInsert(Objects.requireNonNull(entry), removed, removedKeys);
  }
}
