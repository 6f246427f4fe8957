package org.docs4j.engine.actor;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.Query;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.replica.Page;
import org.docs4j.engine.replica.PageMark;

/**
 * Looks for the next page of a query, which may be far behind entries that are hidden or passed over. Others may change the
 * document between two slices, but not while the newest of very many entries at one key is looked for.
 */
final class Paging implements Work<List<SignedEntry>> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final Query query;
  private final int max;
  private Optional<PageMark> from;
  private List<SignedEntry> found = List.of();

  Paging(ActorContext context, NamespaceId namespace, Query query, Optional<PageMark> from, int max) {
    this.context = context;
    this.namespace = namespace;
    this.query = query;
    this.from = from;
    this.max = max;
  }

  @Override
  public boolean advance(Slice slice) {
    context.replica(namespace);
    Page page = context.reader().page(namespace, query, from, max, slice);
    from = page.rest();
    found = page.entries();
    return !found.isEmpty() || from.isEmpty();
  }

  @Override
  public boolean exclusive() {
    return from.flatMap(PageMark::newest).isPresent();
  }

  @Override
  public List<SignedEntry> result() {
    return found;
  }
}
