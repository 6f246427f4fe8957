package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;

/** Reads the newest timestamp of each author, of whom a document may have very many. */
final class ReadingHeads implements Work<AuthorHeads> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final Map<AuthorId, Timestamp> heads = new TreeMap<>();
  private Optional<AuthorId> after = Optional.empty();

  ReadingHeads(ActorContext context, NamespaceId namespace) {
    this.context = context;
    this.namespace = namespace;
  }

  @Override
  public boolean advance(Slice slice) {
    after = context.reader().heads(namespace, after, slice, heads::put);
    return after.isEmpty();
  }

  @Override
  public AuthorHeads result() {
    return AuthorHeads.of(heads);
  }
}
