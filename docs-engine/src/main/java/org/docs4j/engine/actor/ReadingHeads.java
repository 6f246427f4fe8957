package org.docs4j.engine.actor;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;

/**
 * Reads the newest timestamps of authors, of whom a document may have very many: those that come first in a report (WIRE
 * 5.5), the newest ones, and of equal ones those of the smaller ids.
 */
final class ReadingHeads implements Work<AuthorHeads> {
  private static final Comparator<Head> LAST_FIRST =
      Comparator.comparing(Head::time).thenComparing(Head::author, Comparator.reverseOrder());

  private final ActorContext context;
  private final NamespaceId namespace;
  private final int most;
  private final Queue<Head> heads = new PriorityQueue<>(LAST_FIRST);
  private Optional<AuthorId> after = Optional.empty();

  private record Head(AuthorId author, Timestamp time) {}

  ReadingHeads(ActorContext context, NamespaceId namespace, int most) {
    this.context = context;
    this.namespace = namespace;
    this.most = most;
  }

  @Override
  public boolean advance(Slice slice) {
    after = context.reader().heads(namespace, after, slice, this::keep);
    return after.isEmpty();
  }

  private void keep(AuthorId author, Timestamp time) {
    heads.add(new Head(author, time));
    if (heads.size() > most) {
      heads.remove();
    }
  }

  @Override
  public AuthorHeads result() {
    Map<AuthorId, Timestamp> kept = new TreeMap<>();
    heads.forEach(head -> kept.put(head.author(), head.time()));
    return AuthorHeads.of(kept);
  }
}
