package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.index.Bucket;
import org.docs4j.engine.index.IndexWriter;
import org.docs4j.engine.index.Mark;
import org.docs4j.engine.index.Version;

/**
 * The insert rule (WIRE 3.3): an entry is refused while an entry of its author at its key or at a prefix of it is as
 * new, and removes its author's entries at longer keys that are not newer.
 *
 * <p>Three facts keep it cheap whatever is stored: the entry that may protect a place is found from its neighbour, see
 * {@link Parents}; the index knows the oldest record of each bucket, so newer entries below a key cost nothing; and
 * where all keys of an author have one length, none is a prefix of another.
 */
final class Inserter {
  private static final byte[] NONE = new byte[0];
  private static final Signature BLANK = Signature.of(new byte[Ed25519.SIGNATURE_BYTES]);
  private static final EntrySignature MISSING = new EntrySignature(BLANK, BLANK);

  private final LongKeyWriter records;
  private final LongKeyWriter byKey;
  private final Heads heads;
  private final Progress progress;
  private final KnownPrefixes known;
  private final RecentChanges changes;

  Inserter(LongKeyWriter records, LongKeyWriter byKey, Heads heads, Remembered remembered) {
    this.records = records;
    this.byKey = byKey;
    this.heads = heads;
    this.progress = remembered.progress();
    this.known = remembered.prefixes();
    this.changes = remembered.changes();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Old(byte[] id, byte[] row) {}

  /** As {@link ReplicaWriter#put(SignedEntry, Consumer, BooleanSupplier)}; the outcome counts what this call removed. */
  Optional<InsertOutcome> put(
      SignedEntry entry,
      IndexWriter index,
      LongKeyCursor cursor,
      Consumer<SignedEntry> removed,
      BooleanSupplier pause) {
    byte[] id = entry.id().encode();
    Version version = Version.of(entry.record());
    Heads.Head head = heads.of(entry.id().namespace(), entry.id().author());
    Optional<Progress.Put> begun = progress.put(entry);
    Place place = begun.isPresent() ? begun.get().place : look(id, head, cursor);
    Optional<SignedEntry> newer = place.asNewAs(entry.entry(), version);
    if (newer.isPresent()) {
      return Optional.of(new InsertOutcome.Obsolete(newer.get()));
    }
    long count = 0;
    if (place.longer) {
      Progress.Put work = begun.orElseGet(() -> new Progress.Put(entry, id, place));
      Optional<Long> older = removeOlder(work, id, version, index, removed, pause);
      if (older.isEmpty()) {
        progress.pause(work);
        return Optional.empty();
      }
      count = older.get();
    }
    if (place.longer && place.existing.isEmpty() && isBelow(cursor, id)) {
      head.cover();
    }
    store(entry, id, place, index);
    head.see(entry.record().timestamp(), id.length - RowKeys.OWNER);
    if (begun.isPresent()) {
      progress.done(entry.id().namespace());
    }
    return Optional.of(new InsertOutcome.Inserted(count));
  }

  /** As {@link ReplicaWriter#putUnsigned}. */
  Optional<ReplicaWriter.Unsigned> putUnsigned(Entry entry, IndexWriter index, LongKeyCursor cursor) {
    byte[] id = entry.id().encode();
    Heads.Head head = heads.of(entry.id().namespace(), entry.id().author());
    Place place = look(id, head, cursor);
    if (place.longer || place.asNewAs(entry, Version.of(entry.record())).isPresent()) {
      return Optional.empty();
    }
    byte[] row = store(new SignedEntry(MISSING, entry), id, place, index);
    head.see(entry.record().timestamp(), id.length - RowKeys.OWNER);
    return Optional.of(
        signature -> {
          RecordRow.sign(row, signature);
          records.put(id, row);
        });
  }

  /**
   * What is at the place of an identifier.
   *
   * @param existing the row of the entry at it
   * @param parent the one above it; not looked for where there is an entry, which is newer
   * @param longer whether there are entries at longer keys that begin with its key
   */
  record Place(Optional<byte[]> existing, Optional<Parents.Parent> parent, boolean longer) {
    /** The entry that protects the place of another one, if it is as new. */
    Optional<SignedEntry> asNewAs(Entry entry, Version version) {
      if (existing.isPresent()) {
        return version.compareTo(RecordRow.version(existing.get())) <= 0
            ? Optional.of(RecordRow.decode(entry.id(), existing.get()))
            : Optional.empty();
      }
      return parent
          .filter(above -> version.compareTo(RecordRow.version(above.row())) <= 0)
          .map(above -> RecordRow.decode(above.key(), above.row()));
    }

    /** Whether there is an entry at a prefix. */
    boolean nested() {
      return existing.map(RecordRow::isNested).orElse(parent.isPresent());
    }
  }

  /** Looks only where the lengths of the author's keys leave anything to be found. */
  private Place look(byte[] id, Heads.Head head, LongKeyCursor cursor) {
    int length = id.length - RowKeys.OWNER;
    boolean above = head.mayBeAbove(length);
    if (!head.mayBeBelow(length)) {
      if (!above) {
        return new Place(records.get(id), Optional.empty(), false);
      }
      boolean stands = cursor.seekFloor(id);
      return stands && Arrays.equals(cursor.key(), id)
          ? new Place(Optional.of(cursor.value()), Optional.empty(), false)
          : new Place(Optional.empty(), Parents.before(cursor, stands, id, head.covered(), known), false);
    }
    boolean found = cursor.seekCeiling(id);
    if (found && Arrays.equals(cursor.key(), id)) {
      byte[] existing = cursor.value();
      boolean longer = cursor.next() && RowKeys.startsWith(cursor.key(), id);
      return new Place(Optional.of(existing), Optional.empty(), longer);
    }
    boolean longer = found && RowKeys.startsWith(cursor.key(), id);
    if (!above) {
      return new Place(Optional.empty(), Optional.empty(), longer);
    }
    boolean stands = found ? cursor.previous() : cursor.seekLast();
    return new Place(Optional.empty(), Parents.before(cursor, stands, id, head.covered(), known), longer);
  }

  /** Whether there is an entry at a longer key that begins with that of an identifier. */
  private static boolean isBelow(LongKeyCursor cursor, byte[] id) {
    return cursor.seekCeiling(RowKeys.next(id)) && RowKeys.startsWith(cursor.key(), id);
  }

  /** How many older entries at longer keys were removed; empty if some may be left. */
  private Optional<Long> removeOlder(
      Progress.Put work,
      byte[] id,
      Version version,
      IndexWriter index,
      Consumer<SignedEntry> removed,
      BooleanSupplier pause) {
    Optional<byte[]> end = RowKeys.above(id);
    long count = 0;
    boolean looked = false;
    while (work.from.isPresent()) {
      Optional<Bucket> bucket = index.older(work.from.get(), end, version);
      if (bucket.isEmpty()) {
        break;
      }
      if (looked && pause.getAsBoolean()) {
        return Optional.empty();
      }
      looked = true;
      List<Old> older = older(bucket.get(), id, version, index, work.last);
      older.forEach(old -> remove(old, index, removed));
      count += older.size();
      if (!older.isEmpty()) {
        work.last = Optional.of(older.get(older.size() - 1).id);
      }
      work.from = bucket.get().high();
    }
    return Optional.of(count);
  }

  /**
   * The entries of a bucket below a key that are not newer; tells the index how old what remains is.
   *
   * <p>A bucket may have grown over the place of those that were removed before it. Then it is looked through behind
   * them, since some stores step over each of them again, and what remains before them stays as old as it was.
   */
  private List<Old> older(Bucket bucket, byte[] above, Version version, IndexWriter index, Optional<byte[]> last) {
    List<Old> older = new ArrayList<>();
    Optional<Version> oldest = Optional.empty();
    byte[] document = Arrays.copyOf(above, Bytes32.SIZE);
    boolean behind = last.isPresent() && Arrays.compareUnsigned(bucket.low(), last.get()) < 0;
    byte[] start = behind ? last.get() : bucket.low().length == 0 ? document : bucket.low();
    try (LongKeyCursor cursor = records.cursor()) {
      boolean found = cursor.seekCeiling(start);
      while (found && RowKeys.startsWith(cursor.key(), document)) {
        byte[] key = cursor.key();
        if (bucket.high().isPresent() && Arrays.compareUnsigned(key, bucket.high().get()) >= 0) {
          break;
        }
        byte[] row = cursor.value();
        Version seen = RecordRow.version(row);
        if (key.length > above.length && RowKeys.startsWith(key, above) && seen.compareTo(version) <= 0) {
          older.add(new Old(key, row));
        } else if (oldest.isEmpty() || seen.compareTo(oldest.get()) < 0) {
          oldest = Optional.of(seen);
        }
        found = cursor.next();
      }
    }
    if (!behind) {
      oldest.ifPresent(least -> index.tighten(bucket.low(), least));
    }
    return older;
  }

  private void remove(Old old, IndexWriter index, Consumer<SignedEntry> removed) {
    RecordIdentifier id = RowKeys.identifier(old.id);
    records.delete(old.id);
    byKey.delete(RowKeys.byKey(id));
    index.remove(old.id, RecordRow.mark(old.row));
    changes.forget(id.namespace());
    removed.accept(RecordRow.decode(id, old.row));
  }

  /** Returns the row. */
  private byte[] store(SignedEntry entry, byte[] id, Place place, IndexWriter index) {
    Mark mark = new Mark(entry.entry().fingerprint(), Version.of(entry.record()));
    byte[] row = RecordRow.encode(entry, mark.fingerprint(), place.nested());
    records.put(id, row);
    Fingerprint change = mark.fingerprint();
    if (place.existing.isPresent()) {
      Mark before = RecordRow.mark(place.existing.get());
      change = change.xor(before.fingerprint());
      index.replace(id, before, mark);
    } else {
      byKey.put(RowKeys.byKey(entry.id()), NONE);
      known.put(id);
      index.add(id, mark);
    }
    changes.put(entry.id().namespace(), id, change);
    return row;
  }
}
