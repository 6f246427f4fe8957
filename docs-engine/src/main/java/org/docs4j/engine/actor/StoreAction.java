package org.docs4j.engine.actor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;

/** An action on the whole store. */
sealed interface StoreAction<R> extends Action<R> {
  /** Keeps an author's secret. */
  record ImportAuthor(Author author) implements StoreAction<AuthorId> {
    @Override
    public AuthorId run(ActorContext context) {
      context.forgetSecrets();
      context.writer().putAuthor(author);
      return author.id();
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Gives an author's secret out. */
  record ExportAuthor(AuthorId author) implements StoreAction<Optional<Author>> {
    @Override
    public Optional<Author> run(ActorContext context) {
      return context.reader().author(author);
    }
  }

  /** Forgets an author's secret. */
  record DeleteAuthor(AuthorId author) implements StoreAction<AuthorId> {
    @Override
    public AuthorId run(ActorContext context) {
      context.forgetSecrets();
      if (!context.writer().deleteAuthor(author)) {
        throw new AuthorNotFoundException("the author " + author.shortText() + " is not kept here");
      }
      return author;
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Lists the authors. */
  record ListAuthors() implements StoreAction<List<AuthorId>> {
    @Override
    public List<AuthorId> run(ActorContext context) {
      return context.reader().authors();
    }
  }

  /** Keeps a document, or upgrades the right to it. */
  record ImportNamespace(Capability capability) implements StoreAction<Capability> {
    @Override
    public Capability run(ActorContext context) {
      context.forgetSecrets();
      context.writer().putCapability(capability);
      return context.capability(capability.id());
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Lists the documents. */
  record ListReplicas() implements StoreAction<List<Capability>> {
    @Override
    public List<Capability> run(ActorContext context) {
      return context.reader().capabilities();
    }
  }

  /** Collects the hash of every content that an entry names. */
  record ContentHashes() implements StoreAction<Set<Hash>> {
    @Override
    public Set<Hash> run(ActorContext context) {
      Set<Hash> hashes = new LinkedHashSet<>();
      context.reader().contentHashes(hashes::add);
      return hashes;
    }
  }

  /** Lists the documents that were syncing. */
  record ListSyncing() implements StoreAction<List<NamespaceId>> {
    @Override
    public List<NamespaceId> run(ActorContext context) {
      return context.reader().syncing();
    }
  }

  /** Remembers a peer's addresses. */
  record PutPeer(EndpointAddr peer) implements StoreAction<EndpointAddr> {
    @Override
    public EndpointAddr run(ActorContext context) {
      context.writer().putPeer(peer);
      return peer;
    }
  }

  /** Looks a peer's addresses up. */
  record GetPeer(EndpointId peer) implements StoreAction<Optional<EndpointAddr>> {
    @Override
    public Optional<EndpointAddr> run(ActorContext context) {
      return context.reader().peer(peer);
    }
  }

  /** Makes everything durable. */
  record Flush() implements StoreAction<Boolean> {
    @Override
    public Boolean run(ActorContext context) {
      return true;
    }

    @Override
    public boolean durable() {
      return true;
    }
  }
}
