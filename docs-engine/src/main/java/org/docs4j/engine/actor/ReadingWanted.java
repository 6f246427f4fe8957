package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;

/** Reads which content is still to be fetched, of which a document may have very much. */
final class ReadingWanted implements Work<List<Hash>> {
  private final ActorContext context;
  private final NamespaceId namespace;
  private final int max;
  private final List<Hash> found = new ArrayList<>();
  private Optional<Hash> after = Optional.empty();

  ReadingWanted(ActorContext context, NamespaceId namespace, int max) {
    this.context = context;
    this.namespace = namespace;
    this.max = max;
  }

  @Override
  public boolean advance(Slice slice) {
    if (found.size() < max) {
      after =
          context.reader().wanted(namespace, after, () -> slice.getAsBoolean() || found.size() >= max, found::add);
    }
    return after.isEmpty() || found.size() >= max;
  }

  @Override
  public List<Hash> result() {
    return found;
  }
}
