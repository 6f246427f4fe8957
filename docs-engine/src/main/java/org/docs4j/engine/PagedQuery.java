package org.docs4j.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.docs4j.api.Query;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.actor.SyncHandle;

/** Reads a query's results page by page, so that nothing in the store is held while the caller takes its time. */
final class PagedQuery extends Spliterators.AbstractSpliterator<Entry> {
  private static final int PAGE = 512;

  private final SyncHandle sync;
  private final NamespaceId namespace;
  private final Query query;
  private final ArrayDeque<SignedEntry> page = new ArrayDeque<>();
  private Optional<RecordIdentifier> last = Optional.empty();
  private long remaining;
  private boolean ended;

  PagedQuery(SyncHandle sync, NamespaceId namespace, Query query) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.sync = sync;
    this.namespace = namespace;
    this.query = query;
    this.remaining = query.limit();
  }

  @Override
  public boolean tryAdvance(Consumer<? super Entry> action) {
    if (remaining == 0) {
      return false;
    }
    if (page.isEmpty() && !ended) {
      fill();
    }
    SignedEntry next = page.poll();
    if (next == null) {
      return false;
    }
    remaining--;
    action.accept(next.entry());
    return true;
  }

  private void fill() {
    int size = (int) Math.min(PAGE, remaining);
    List<SignedEntry> read = Await.result(sync.getPage(namespace, query, last, size));
    page.addAll(read);
    ended = read.isEmpty();
    if (!read.isEmpty()) {
      last = Optional.of(read.get(read.size() - 1).id());
    }
  }
}
