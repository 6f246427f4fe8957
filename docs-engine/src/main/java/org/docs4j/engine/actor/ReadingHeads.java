package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Collectors;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.wire.AuthorHeadsCodec;

/** Reads the newest timestamps of authors, of whom a document may have very many: those that come first in a report. */
final class ReadingHeads implements Work<AuthorHeads> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final int most;
  private final Queue<Map.Entry<AuthorId, Timestamp>> heads = new PriorityQueue<>(AuthorHeadsCodec.NEWEST_FIRST.reversed());
  private Optional<AuthorId> after = Optional.empty();

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
    heads.add(Map.entry(author, time));
    if (heads.size() > most) {
      heads.remove();
    }
  }

  @Override
  public AuthorHeads result() {
    return AuthorHeads.of(heads.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
