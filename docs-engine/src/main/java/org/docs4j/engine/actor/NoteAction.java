package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;

/** An action on what is noted about a replica besides its entries; it need not be open. */
sealed interface NoteAction<R> extends ReplicaAction<R> {
  /** The peers of the document that are remembered, the best first, and where they were last. */
  record GetSyncPeers(NamespaceId namespace) implements NoteAction<List<EndpointAddr>> {
    @Override
    public Work<List<EndpointAddr>> begin(ActorContext context) {
      List<EndpointAddr> peers = new ArrayList<>();
      for (EndpointId peer : context.reader().usefulPeers(namespace)) {
        peers.add(context.reader().peer(namespace, peer).orElse(EndpointAddr.of(peer)));
      }
      return Work.done(peers);
    }
  }

  /** Remembers a peer, before all others if it is proved to be useful, else where there is room. */
  record RegisterUsefulPeer(NamespaceId namespace, EndpointAddr peer, boolean proved)
      implements NoteAction<EndpointAddr> {
    @Override
    public Work<EndpointAddr> begin(ActorContext context) {
      context.capability(namespace);
      context.writer().putUsefulPeer(namespace, peer, proved);
      return Work.done(peer);
    }
  }

  /** The newest timestamp of each author, of so many authors at most: those who wrote last. */
  record GetHeads(NamespaceId namespace, int most) implements NoteAction<AuthorHeads> {
    @Override
    public Work<AuthorHeads> begin(ActorContext context) {
      context.capability(namespace);
      return new ReadingHeads(context, namespace, most);
    }
  }

  /** Of how many authors the given heads know something newer; looks at no others. */
  record HasNewsForUs(NamespaceId namespace, AuthorHeads theirs) implements NoteAction<Integer> {
    @Override
    public Work<Integer> begin(ActorContext context) {
      context.capability(namespace);
      Map<AuthorId, Timestamp> ours = new LinkedHashMap<>();
      for (AuthorId author : theirs.heads().keySet()) {
        context.reader().head(namespace, author).ifPresent(head -> ours.put(author, head));
      }
      return Work.done(theirs.newsFor(AuthorHeads.of(ours)));
    }
  }

  /** Sets which content is fetched by itself. */
  record SetDownloadPolicy(NamespaceId namespace, DownloadPolicy policy) implements NoteAction<DownloadPolicy> {
    @Override
    public Work<DownloadPolicy> begin(ActorContext context) {
      context.capability(namespace);
      context.writer().putPolicy(namespace, policy);
      return Work.done(policy);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Which content is fetched by itself. */
  record GetDownloadPolicy(NamespaceId namespace) implements NoteAction<DownloadPolicy> {
    @Override
    public Work<DownloadPolicy> begin(ActorContext context) {
      context.capability(namespace);
      return Work.done(context.reader().policy(namespace));
    }
  }

  /** Content that is still to be fetched. */
  record GetWanted(NamespaceId namespace, int max) implements NoteAction<List<Hash>> {
    @Override
    public Work<List<Hash>> begin(ActorContext context) {
      context.capability(namespace);
      return new ReadingWanted(context, namespace, max);
    }
  }

  /** Notes that content has arrived. */
  record ContentArrived(NamespaceId namespace, Hash hash) implements NoteAction<Hash> {
    @Override
    public Work<Hash> begin(ActorContext context) {
      context.capability(namespace);
      context.writer().deleteWanted(namespace, hash);
      return Work.done(hash);
    }
  }
}
