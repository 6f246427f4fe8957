package org.docs4j.engine.actor;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.AuthorNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.replica.ReplicaReader;

/** An action on the whole store. */
sealed interface StoreAction<R> extends Action<R> {
  @Override
  default Optional<NamespaceId> document() {
    return Optional.empty();
  }

  /** Keeps an author's secret. */
  record ImportAuthor(Author author) implements StoreAction<AuthorId> {
    @Override
    public Work<AuthorId> begin(ActorContext context) {
      context.forgetSecrets();
      context.writer().putAuthor(author);
      return Work.done(author.id());
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Gives an author's secret out. */
  record ExportAuthor(AuthorId author) implements StoreAction<Optional<Author>> {
    @Override
    public Work<Optional<Author>> begin(ActorContext context) {
      return Work.done(context.reader().author(author));
    }
  }

  /** Forgets an author's secret. */
  record DeleteAuthor(AuthorId author) implements StoreAction<AuthorId> {
    @Override
    public Work<AuthorId> begin(ActorContext context) {
      if (!context.reader().authors().contains(author)) {
        throw new AuthorNotFoundException("the author " + author.shortText() + " is not kept here");
      }
      context.forgetSecrets();
      context.writer().deleteAuthor(author);
      return Work.done(author);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Lists the authors. */
  record ListAuthors() implements StoreAction<List<AuthorId>> {
    @Override
    public Work<List<AuthorId>> begin(ActorContext context) {
      return Work.done(context.reader().authors());
    }
  }

  /** Keeps a document, or upgrades the right to it. */
  record ImportNamespace(Capability capability) implements StoreAction<Capability> {
    @Override
    public Optional<NamespaceId> document() {
      return Optional.of(capability.id());
    }

    @Override
    public Work<Capability> begin(ActorContext context) {
      context.forgetSecrets();
      context.writer().putCapability(capability);
      return Work.done(context.capability(capability.id()));
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Lists the documents. */
  record ListReplicas() implements StoreAction<List<Capability>> {
    @Override
    public Work<List<Capability>> begin(ActorContext context) {
      return Work.done(context.reader().capabilities());
    }
  }

  /** Opens a snapshot of everything so far, the asker's to close, for collecting content hashes off the actor's thread. */
  record ContentHashes() implements StoreAction<ReplicaReader> {
    @Override
    public Work<ReplicaReader> begin(ActorContext context) {
      return Work.done(context.snapshot());
    }
  }

  /** Lists the documents that were syncing. */
  record ListSyncing() implements StoreAction<List<NamespaceId>> {
    @Override
    public Work<List<NamespaceId>> begin(ActorContext context) {
      return Work.done(context.reader().syncing());
    }
  }

  /** Completes what was stored before it was signed, as every action does but a short write. */
  record TakeSignatures() implements StoreAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(true);
    }
  }

  /** Makes everything durable. */
  record Flush() implements StoreAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(true);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  /** Makes everything durable, after which the actor ends: the last action there is. */
  record Shutdown() implements StoreAction<Boolean> {
    @Override
    public Work<Boolean> begin(ActorContext context) {
      return Work.done(true);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }
}
