package org.docs4j.engine.actor;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.replica.PageMark;

/**
 * An action on the entries of a replica that somebody has open; fails with
 * {@link org.docs4j.api.ReplicaClosedException} if nobody has.
 */
sealed interface EntryAction<R> extends ReplicaAction<R> {
  /** Writes an entry in an author's name, at a time that exceeds everything it has to replace. */
  record InsertLocal(Signing signing) implements EntryAction<LocalInsert> {
    @Override
    public NamespaceId namespace() {
      return signing.entry().id().namespace();
    }

    @Override
    public Work<LocalInsert> begin(ActorContext context) {
      return LocalWrite.insert(context, signing);
    }
  }

  /** Writes a tombstone at a prefix. */
  record DeletePrefix(NamespaceId namespace, AuthorId author, Key prefix) implements EntryAction<LocalInsert> {
    @Override
    public Work<LocalInsert> begin(ActorContext context) {
      return LocalWrite.delete(context, new RecordIdentifier(namespace, author, prefix));
    }
  }

  /** Takes an entry that gossip delivered and whose signatures hold. */
  record InsertRemote(NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus)
      implements EntryAction<InsertOutcome> {
    @Override
    public Work<InsertOutcome> begin(ActorContext context) {
      return new RemoteWrite(context, namespace, entry, from, contentStatus);
    }
  }

  /** The first message of a session that this side begins; of one fingerprint, or of more if there are many entries. */
  record InitialMessage(NamespaceId namespace, boolean split) implements EntryAction<RangeMessage> {
    @Override
    public Work<RangeMessage> begin(ActorContext context) {
      context.syncedReplica(namespace);
      Reconciler reconciler = context.reconciler(namespace);
      RangeView view = context.reader().range(namespace);
      return Work.done(split ? reconciler.initial(view) : reconciler.initialWhole(view));
    }
  }

  /** Which of some entries the document holds just as they are, signatures included; a set of their places. */
  record GetHeld(NamespaceId namespace, List<SignedEntry> entries) implements EntryAction<BitSet> {
    @Override
    public Work<BitSet> begin(ActorContext context) {
      context.replica(namespace);
      return new LookingUp(context, namespace, entries);
    }
  }

  /** Takes pieces of a message of a session; with the last ones, answers it. */
  record TakePieces(
      NamespaceId namespace, Exchange exchange, CheckedPieces pieces, EndpointId from, boolean last)
      implements EntryAction<TakenPieces> {
    @Override
    public Work<TakenPieces> begin(ActorContext context) {
      return new Taking(context, namespace, exchange, pieces, from, last);
    }
  }

  /** The entry of an author at a key. */
  record GetExact(NamespaceId namespace, AuthorId author, Key key, boolean includeEmpty)
      implements EntryAction<Optional<Entry>> {
    @Override
    public Work<Optional<Entry>> begin(ActorContext context) {
      context.replica(namespace);
      Optional<Entry> found =
          context.reader().get(new RecordIdentifier(namespace, author, key)).map(SignedEntry::entry);
      return Work.done(found.filter(entry -> includeEmpty || !entry.isEmpty()));
    }
  }

  /** A page of a query's results; others may change the document while they are looked for, see {@link Paging}. */
  record GetPage(NamespaceId namespace, Query query, Optional<RecordIdentifier> after, int max)
      implements EntryAction<List<SignedEntry>> {
    @Override
    public Work<List<SignedEntry>> begin(ActorContext context) {
      return new Paging(context, namespace, query, after.map(id -> new PageMark(id, 0)), max);
    }
  }

  /** How many entries there are, tombstones included. */
  record Count(NamespaceId namespace) implements EntryAction<Long> {
    @Override
    public Work<Long> begin(ActorContext context) {
      context.replica(namespace);
      return Work.done(context.reader().count(namespace));
    }
  }
}
