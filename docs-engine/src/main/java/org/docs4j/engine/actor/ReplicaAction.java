package org.docs4j.engine.actor;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Exchange;
import org.docs4j.engine.ranger.RangeMessage;

/** An action on one replica; each fails with {@link org.docs4j.api.ReplicaNotFoundException} if it is not kept. */
sealed interface ReplicaAction<R> extends Action<R> {
  /** The replica. */
  NamespaceId namespace();

  /** What the node may do with it. */
  record GetCapability(NamespaceId namespace) implements ReplicaAction<Capability> {
    @Override
    public Capability run(ActorContext context) {
      return context.capability(namespace);
    }
  }

  /** Writes an entry in an author's name, at a time that exceeds everything it has to replace. */
  record InsertLocal(
      NamespaceId namespace, AuthorId author, Key key, Hash hash, long length, Optional<SignedEntry> signed)
      implements ReplicaAction<LocalInsert> {
    @Override
    public LocalInsert run(ActorContext context) {
      return LocalWrites.insert(context, namespace, author, key, hash, length, signed);
    }
  }

  /** Writes a tombstone at a prefix. */
  record DeletePrefix(NamespaceId namespace, AuthorId author, Key prefix) implements ReplicaAction<LocalInsert> {
    @Override
    public LocalInsert run(ActorContext context) {
      return LocalWrites.delete(context, namespace, author, prefix);
    }
  }

  /** Takes an entry that gossip delivered and whose signatures hold. */
  record InsertRemote(NamespaceId namespace, SignedEntry entry, EndpointId from, ContentStatus contentStatus)
      implements ReplicaAction<InsertOutcome> {
    @Override
    public InsertOutcome run(ActorContext context) {
      return RemoteWrites.insert(context, namespace, entry, from, contentStatus);
    }
  }

  /** The first message of a session that this side begins. */
  record InitialMessage(NamespaceId namespace) implements ReplicaAction<RangeMessage> {
    @Override
    public RangeMessage run(ActorContext context) {
      context.capability(namespace);
      return context.reconciler(namespace).initial(context.reader().range(namespace));
    }
  }

  /** Takes pieces of a message of a session; with the last ones, answers it. */
  record TakePieces(
      NamespaceId namespace, Exchange exchange, CheckedPieces pieces, EndpointId from, boolean last)
      implements ReplicaAction<TakenPieces> {
    @Override
    public TakenPieces run(ActorContext context) {
      return RemoteWrites.take(context, namespace, exchange, pieces, from, last);
    }
  }

  /** The peers with which the document was synced, the newest first. */
  record GetSyncPeers(NamespaceId namespace) implements ReplicaAction<List<EndpointId>> {
    @Override
    public List<EndpointId> run(ActorContext context) {
      return context.reader().usefulPeers(namespace);
    }
  }

  /** Remembers a peer as the newest useful one. */
  record RegisterUsefulPeer(NamespaceId namespace, EndpointId peer) implements ReplicaAction<EndpointId> {
    @Override
    public EndpointId run(ActorContext context) {
      context.capability(namespace);
      context.writer().putUsefulPeer(namespace, peer);
      return peer;
    }
  }

  /** The entry of an author at a key. */
  record GetExact(NamespaceId namespace, AuthorId author, Key key, boolean includeEmpty)
      implements ReplicaAction<Optional<Entry>> {
    @Override
    public Optional<Entry> run(ActorContext context) {
      context.capability(namespace);
      return context
          .reader()
          .get(new RecordIdentifier(namespace, author, key))
          .map(SignedEntry::entry)
          .filter(entry -> includeEmpty || !entry.isEmpty());
    }
  }

  /** A page of a query's results. */
  record GetPage(NamespaceId namespace, Query query, Optional<RecordIdentifier> after, int max)
      implements ReplicaAction<List<SignedEntry>> {
    @Override
    public List<SignedEntry> run(ActorContext context) {
      context.capability(namespace);
      return context.reader().page(namespace, query, after, max);
    }
  }

  /** How many entries there are, tombstones included. */
  record Count(NamespaceId namespace) implements ReplicaAction<Long> {
    @Override
    public Long run(ActorContext context) {
      context.capability(namespace);
      return context.reader().count(namespace);
    }
  }

  /** Removes the replica. */
  record DropReplica(NamespaceId namespace) implements ReplicaAction<NamespaceId> {
    @Override
    public NamespaceId run(ActorContext context) {
      context.capability(namespace);
      context.forgetSecrets();
      context.writer().drop(namespace);
      return namespace;
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** The newest timestamp of each author. */
  record GetHeads(NamespaceId namespace) implements ReplicaAction<AuthorHeads> {
    @Override
    public AuthorHeads run(ActorContext context) {
      context.capability(namespace);
      return context.reader().heads(namespace);
    }
  }

  /** Of how many authors the given heads know something newer. */
  record HasNewsForUs(NamespaceId namespace, AuthorHeads theirs) implements ReplicaAction<Integer> {
    @Override
    public Integer run(ActorContext context) {
      context.capability(namespace);
      return theirs.newsFor(context.reader().heads(namespace));
    }
  }

  /** Sets which content is fetched by itself. */
  record SetDownloadPolicy(NamespaceId namespace, DownloadPolicy policy) implements ReplicaAction<DownloadPolicy> {
    @Override
    public DownloadPolicy run(ActorContext context) {
      context.capability(namespace);
      context.writer().putPolicy(namespace, policy);
      return policy;
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Which content is fetched by itself. */
  record GetDownloadPolicy(NamespaceId namespace) implements ReplicaAction<DownloadPolicy> {
    @Override
    public DownloadPolicy run(ActorContext context) {
      context.capability(namespace);
      return context.reader().policy(namespace);
    }
  }

  /** Content that is still to be fetched. */
  record GetWanted(NamespaceId namespace, int max) implements ReplicaAction<List<Hash>> {
    @Override
    public List<Hash> run(ActorContext context) {
      context.capability(namespace);
      return context.reader().wanted(namespace, max);
    }
  }

  /** Notes that content has arrived. */
  record ContentArrived(NamespaceId namespace, Hash hash) implements ReplicaAction<Hash> {
    @Override
    public Hash run(ActorContext context) {
      context.capability(namespace);
      context.writer().deleteWanted(namespace, hash);
      return hash;
    }
  }

  /** Notes whether the document is syncing. */
  record SetSync(NamespaceId namespace, boolean sync) implements ReplicaAction<Boolean> {
    @Override
    public Boolean run(ActorContext context) {
      context.capability(namespace);
      context.writer().putSyncing(namespace, sync);
      return sync;
    }
  }
}
